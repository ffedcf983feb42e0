package dev.tophalf.linux;

import org.jspecify.annotations.Nullable;

/** A pointer that knows how {@code printk()} shows it; what it says is the same in every run. */
public interface KernelPrintable {

    /**
     * The text for {@code %p} and the letters after it.
     *
     * @param extension the letters, {@code OF} for {@code %pOF} and empty for {@code %p}; an extension that means
     *     nothing to this pointer is answered like the empty one, with a short name or number
     */
    String kernelString(String extension);

    /** The first bytes that it points to, for {@code %ph}, {@code %pM} and {@code %pI4}; null if it is no memory. */
    default byte @Nullable [] kernelBytes(int count) {
        return null;
    }

    /** The string that it points to, for {@code %s}, up to its end or a number of characters; null if it is none. */
    default @Nullable String kernelText(int limit) {
        return null;
    }
}
