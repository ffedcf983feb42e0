package dev.tophalf.linux;

import dev.tophalf.runtime.script.LoadedScript;
import java.lang.ref.WeakReference;

/** Looks at the class loaders of scripts. Groovy would keep a class that a spec has touched. */
final class Loaders {
    private Loaders() {}

    static WeakReference<ClassLoader> of(LoadedScript script) {
        return new WeakReference<>(script.scriptClass().getClassLoader());
    }
}
