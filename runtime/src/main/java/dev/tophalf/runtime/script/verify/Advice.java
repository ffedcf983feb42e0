package dev.tophalf.runtime.script.verify;

import java.util.LinkedHashMap;
import java.util.Map;

/** What to use instead of a class that drivers cannot use, for the mistakes that are made in good faith. */
final class Advice {
    private static final Map<String, String> BY_PREFIX = new LinkedHashMap<>();

    static {
        BY_PREFIX.put("java/lang/Thread", "the kernel has threads, timers and work of its own");
        BY_PREFIX.put("java/util/concurrent/", "the kernel has threads, locks, atomics and work of its own");
        BY_PREFIX.put("java/util/Random", "the kernel has random numbers of its own, the same in every run");
        BY_PREFIX.put("java/util/regex/", "compare strings with the kernel's string functions");
        BY_PREFIX.put("java/util/", "use an array or the kernel's lists and trees");
        BY_PREFIX.put("java/lang/String", "format text with the kernel's print functions");
        BY_PREFIX.put("java/lang/System", "the kernel has time and a log of its own");
        BY_PREFIX.put("java/lang/Float", "there is no floating point in the kernel");
        BY_PREFIX.put("java/lang/Double", "there is no floating point in the kernel");
        BY_PREFIX.put("java/math/", "the kernel counts with integers of up to 64 bits");
        BY_PREFIX.put("java/io/", "a driver is reached through files, it does not open them");
        BY_PREFIX.put("java/nio/", "a driver is reached through files, it does not open them");
        BY_PREFIX.put("groovy/lang/GString", "format text with the kernel's print functions");
        BY_PREFIX.put("groovy/lang/Closure", "write a lambda with parameters, or a function and its name");
    }

    private Advice() {}

    /** One clause, or nothing. */
    static String instead(String internalName) {
        for (Map.Entry<String, String> entry : BY_PREFIX.entrySet()) {
            if (internalName.startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return "";
    }
}
