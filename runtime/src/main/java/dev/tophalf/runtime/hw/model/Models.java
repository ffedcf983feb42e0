package dev.tophalf.runtime.hw.model;

import com.google.common.collect.ImmutableMap;
import dev.tophalf.runtime.hw.Peripheral;
import dev.tophalf.runtime.hw.Wiring;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which peripheral a {@code compatible} string of a machine's description stands for. */
public final class Models {
    private static final ImmutableMap<String, Function<Wiring, Peripheral>> MODELS =
            ImmutableMap.of("acme,button", Button::new);

    private Models() {}

    /** What makes the peripheral, or null if no model has that name. */
    public static @Nullable Function<Wiring, Peripheral> find(String compatible) {
        return MODELS.get(compatible);
    }

    /** The names, in the order of the table. */
    public static Iterable<String> names() {
        return MODELS.keySet();
    }
}
