package dev.tophalf.runtime.script.library;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A collection as Groovy prints it, {@code [1, 2]} or {@code [a:1]}, as far as a text may be long. */
final class CollectionText {
    private static final int DEEPEST = 8;

    private final StringBuilder text = new StringBuilder();

    private CollectionText() {}

    static String of(Object collection) {
        CollectionText made = new CollectionText();
        made.add(collection, 0);
        return made.text.toString();
    }

    private void add(@Nullable Object value, int depth) {
        if (value instanceof Collection<?> elements) {
            addAll(elements, depth);
        } else if (value instanceof Map<?, ?> map) {
            addAll(map.entrySet(), depth);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            add(entry.getKey(), depth);
            text.append(':');
            add(entry.getValue(), depth);
        } else {
            text.append(Library.text(value));
        }
        Values.checkLength(text.length());
    }

    private void addAll(Collection<?> elements, int depth) {
        if (depth == DEEPEST) {
            text.append("...");
            return;
        }
        text.append('[');
        String separator = "";
        for (Object element : elements) {
            text.append(separator);
            add(element, depth + 1);
            separator = ", ";
        }
        text.append(']');
    }
}
