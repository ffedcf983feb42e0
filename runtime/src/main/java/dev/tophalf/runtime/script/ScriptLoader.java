package dev.tophalf.runtime.script;

import dev.tophalf.runtime.script.bytecode.ScopeClasses;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one load of a script. It has no parent: it sees the script's own classes, those of earlier
 * scripts in its scope, and the classes of the host that it is told to let through. It has no resources.
 */
public final class ScriptLoader extends ClassLoader {
    private final ScriptSource source;
    private final Map<String, byte[]> own = new LinkedHashMap<>();
    private final ScopeClasses earlier;
    private final Predicate<String> visible;
    private final ClassLoader host;

    /** A loader of {@code classes} to which the names of host classes that pass {@code visible} mean something. */
    public ScriptLoader(ScriptSource source, List<ClassBytes> classes, Scope scope, Predicate<String> visible) {
        super(source.file(), null);
        this.source = source;
        this.earlier = ScopeClasses.of(scope);
        this.visible = visible;
        this.host = ScriptLoader.class.getClassLoader();
        for (ClassBytes bytes : classes) {
            add(bytes);
        }
    }

    private void add(ClassBytes bytes) {
        if (bytes.name().indexOf('.') >= 0 || bytes.name().indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "class " + bytes.name() + " is in a package; a script's classes have none");
        }
        if (own.put(bytes.name(), bytes.bytes()) != null) {
            throw new IllegalArgumentException("class " + bytes.name() + " is there twice");
        }
    }

    /** What the classes were compiled from. */
    public ScriptSource source() {
        return source;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : find(name);
        }
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        byte[] bytes = own.get(name);
        if (bytes != null) {
            ScriptLoader keeper = keeper(name);
            return keeper == null ? defineClass(name, bytes, 0, bytes.length) : keeper.adopt(name, bytes);
        }
        Class<?> declared = earlier.find(name);
        if (declared != null) {
            return declared;
        }
        if (visible.test(name)) {
            return Class.forName(name, false, host);
        }
        throw new ClassNotFoundException(name + " is not available to drivers");
    }

    /** The earlier script whose function the class of that name points to, or null if it is none. */
    private @Nullable ScriptLoader keeper(String name) {
        int end = name.indexOf("$$");
        String owner = end < 0 ? name : name.substring(0, end);
        Class<?> pointedTo = end < 0 || own.containsKey(owner) ? null : earlier.find(owner);
        return pointedTo != null && pointedTo.getClassLoader() instanceof ScriptLoader loader ? loader : null;
    }

    /** The class of a pointer to a function of this script: what it made itself, or else what a later one made. */
    private Class<?> adopt(String name, byte[] bytes) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            own.putIfAbsent(name, bytes);
            return loadClass(name, false);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return null;
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        return Collections.emptyEnumeration();
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        return null;
    }
}
