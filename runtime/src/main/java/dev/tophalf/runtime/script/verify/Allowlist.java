package dev.tophalf.runtime.script.verify;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The classes and members of the host that a driver may use beside the kernel; {@code allowed.txt} lists them. */
public final class Allowlist {
    private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

    /** What drivers may use. */
    public static final Allowlist DRIVERS = read("allowed.txt");

    private final Map<String, Set<String>> members = new LinkedHashMap<>();
    private final Set<String> superclasses = new LinkedHashSet<>();
    private final Set<String> pointerTypes = new LinkedHashSet<>();

    private Allowlist() {}

    private static Allowlist read(String resource) {
        try (InputStream stream = Allowlist.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + resource + " beside " + Allowlist.class.getName());
            }
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** Reads a list; the head of {@code allowed.txt} says how one is written. */
    static Allowlist parse(String text) {
        Allowlist list = new Allowlist();
        Set<String> current = null;
        for (String line : Splitter.on('\n').split(text)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> words = WORDS.splitToList(line);
            if (!Character.isWhitespace(line.charAt(0))) {
                current = list.addClass(words);
            } else if (current == null) {
                throw new IllegalArgumentException("members without a class: " + line);
            } else {
                current.addAll(words);
            }
        }
        return list;
    }

    private Set<String> addClass(List<String> words) {
        String name = words.get(0).replace('.', '/');
        if (words.size() > 1) {
            String role = words.size() == 2 ? words.get(1) : "";
            switch (role) {
                case "super" -> superclasses.add(name);
                case "pointer" -> pointerTypes.add(name);
                default ->
                    throw new IllegalArgumentException(
                            "a class is followed by nothing, 'super' or 'pointer', not by " + words);
            }
        }
        Set<String> set = new LinkedHashSet<>();
        if (members.put(name, set) != null) {
            throw new IllegalArgumentException(words.get(0) + " is listed twice");
        }
        return set;
    }

    /** Whether the class of that internal name is listed. */
    public boolean allows(String owner) {
        return members.containsKey(owner);
    }

    /** Whether the class may be extended. */
    public boolean allowsSuperclass(String owner) {
        return superclasses.contains(owner);
    }

    /** Whether a block of the driver may stand for that interface. */
    public boolean allowsPointer(String type) {
        return pointerTypes.contains(type);
    }

    /** Whether the entry of {@code owner} itself, not of its superclasses, lists that member. */
    public boolean allows(String owner, String name, String descriptor) {
        Set<String> listed = members.getOrDefault(owner, ImmutableSet.of());
        int end = descriptor.indexOf(')');
        return listed.contains(name) || (end > 0 && listed.contains(name + descriptor.substring(0, end + 1)));
    }
}
