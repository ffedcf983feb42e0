package dev.tophalf.runtime.lock;

import java.util.List;

/** The orders in which locks were taken, as text that other programs draw. */
public final class LockGraph {
    private final List<LockClass> classes;

    LockGraph(List<LockClass> classes) {
        this.classes = classes;
    }

    /** How many different orders there are. */
    public int orders() {
        return classes.stream().mapToInt(known -> known.after.size()).sum();
    }

    /** Each order as a line: what was held, what was taken, and where. */
    public List<String> lines() {
        return classes.stream()
                .flatMap(known -> known.after.values().stream())
                .map(order -> order.held + " -> " + order.taken + ", at " + order.use.site() + " by " + order.use.who())
                .toList();
    }

    /** As Graphviz reads it; an arrow says that its end was taken with its start held. */
    public String dot() {
        StringBuilder text = new StringBuilder("digraph locks {\n");
        for (LockClass known : classes) {
            String colour = known.isReported() ? ", color=red" : "";
            text.append("  l" + known.number + " [label=\"" + escaped(known, "\\\\", "\\\"") + "\"" + colour + "];\n");
        }
        for (LockClass known : classes) {
            for (LockOrder order : known.after.values()) {
                text.append("  l" + known.number + " -> l" + order.taken.number + " [label=\"" + order.use.site()
                        + "\"];\n");
            }
        }
        return text.append("}\n").toString();
    }

    /** As Mermaid reads it. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (LockClass known : classes) {
            text.append("  l" + known.number + "[\"" + escaped(known, "#92;", "#quot;") + "\"]\n");
        }
        for (LockClass known : classes) {
            for (LockOrder order : known.after.values()) {
                text.append("  l" + known.number + " -->|\"" + order.use.site() + "\"| l" + order.taken.number + "\n");
            }
        }
        for (LockClass known : classes) {
            if (known.isReported()) {
                text.append("  style l" + known.number + " stroke:#d00\n");
            }
        }
        return text.toString();
    }

    private static String escaped(LockClass known, String backslash, String quote) {
        return known.name().replace("\\", backslash).replace("\"", quote);
    }
}
