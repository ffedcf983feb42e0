package dev.tophalf.runtime.memory;

import org.jspecify.annotations.Nullable;

/**
 * A struct that is storage inside another one, as a {@code spinlock_t} member is in C. It knows the object that it is
 * a member of, which is what {@code container_of()} asks.
 */
public abstract class EmbeddedStruct extends KernelStruct {
    private @Nullable Object container;
    private String member = "";

    /** Makes {@code struct} the member {@code member} of {@code container}, or a variable if that is null. */
    public static <T extends EmbeddedStruct> T embed(T struct, @Nullable Object container, String member) {
        EmbeddedStruct base = struct;
        base.container = container;
        base.member = member;
        return struct;
    }

    /** The object that this one is a member of, or null for a variable. */
    public final @Nullable Object container() {
        return container;
    }

    /** The name of the member or variable, empty if it was never embedded. */
    public final String member() {
        return member;
    }

    /** As reports call it: {@code button.lock}, the name of a variable, or {@code a spinlock_t}. */
    public static String nameOf(EmbeddedStruct struct) {
        Object container = struct.container();
        if (struct.member().isEmpty()) {
            return "a " + struct.getClass().getSimpleName();
        }
        return container == null ? struct.member() : container.getClass().getSimpleName() + "." + struct.member();
    }

    /** The allocation that {@code struct} is or lies in, or null if no allocator returned that memory. */
    public static @Nullable Resource memoryOf(@Nullable Object struct) {
        Object place = struct;
        while (place instanceof EmbeddedStruct embedded && embedded.container() != null) {
            place = embedded.container();
        }
        return place instanceof KernelStruct outermost ? allocationOf(outermost) : null;
    }

    /** Whether {@code struct} is {@code outer}, or lies in it. */
    public static boolean isIn(EmbeddedStruct struct, Object outer) {
        Object place = struct;
        while (place instanceof EmbeddedStruct embedded && place != outer) {
            place = embedded.container();
        }
        return place == outer;
    }
}
