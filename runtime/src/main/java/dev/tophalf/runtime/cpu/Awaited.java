package dev.tophalf.runtime.cpu;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What somebody waits for, asleep or spinning.
 *
 * @param what as reports say it, such as {@code mutex button.lock}
 * @param condition whether the wait can end; asking changes nothing
 * @param holder who keeps it from ending, as long as that is one context; gives null if it is nobody in particular
 */
public record Awaited(String what, BooleanSupplier condition, Supplier<@Nullable ExecutionContext> holder) {
    /** Something that nobody in particular holds. */
    public static Awaited of(String what, BooleanSupplier condition) {
        return new Awaited(what, condition, () -> null);
    }
}
