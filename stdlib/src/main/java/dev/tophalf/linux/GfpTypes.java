package dev.tophalf.linux;

/** {@code linux/gfp_types.h}: how an allocation may go about finding memory. */
public final class GfpTypes {
    public static final int __GFP_HIGH = 1 << 5;
    public static final int __GFP_IO = 1 << 6;
    public static final int __GFP_FS = 1 << 7;
    public static final int __GFP_ZERO = 1 << 8;
    public static final int __GFP_DIRECT_RECLAIM = 1 << 10;
    public static final int __GFP_KSWAPD_RECLAIM = 1 << 11;
    public static final int __GFP_NOWARN = 1 << 13;
    public static final int __GFP_RECLAIM = __GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM;
    public static final int GFP_ATOMIC = __GFP_HIGH | __GFP_KSWAPD_RECLAIM;
    public static final int GFP_KERNEL = __GFP_RECLAIM | __GFP_IO | __GFP_FS;
    public static final int GFP_NOWAIT = __GFP_KSWAPD_RECLAIM | __GFP_NOWARN;
    public static final int GFP_NOIO = __GFP_RECLAIM;
    public static final int GFP_NOFS = __GFP_RECLAIM | __GFP_IO;

    private GfpTypes() {}

    /** Whether an allocation with these flags may sleep, {@code gfpflags_allow_blocking()} in {@code linux/gfp.h}. */
    public static boolean blocks(int flags) {
        return (flags & __GFP_DIRECT_RECLAIM) != 0;
    }
}
