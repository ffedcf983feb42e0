package dev.tophalf.runtime.script.weave;

/**
 * What the weaver puts in.
 *
 * @param hooks the internal name of the class whose static methods woven code calls
 * @param charges whether arrays and texts cost ticks in proportion to their length
 * @param accesses whether reads and writes of members, file-scope variables and elements are reported
 */
public record WeaveOptions(String hooks, boolean charges, boolean accesses) {
    /** The class that connects woven code with the machine. */
    public static final String WOVEN = "dev/tophalf/runtime/contract/Woven";

    /** Calls, loops, entries and costs. */
    public static final WeaveOptions DEFAULT = new WeaveOptions(WOVEN, true, false);

    /** The same with another class to call. */
    public WeaveOptions withHooks(String internalName) {
        return new WeaveOptions(internalName, charges, accesses);
    }

    /** The same with or without costs. */
    public WeaveOptions withCharges(boolean charged) {
        return new WeaveOptions(hooks, charged, accesses);
    }

    /** The same with or without reports of accesses. */
    public WeaveOptions withAccesses(boolean reported) {
        return new WeaveOptions(hooks, charges, reported);
    }
}
