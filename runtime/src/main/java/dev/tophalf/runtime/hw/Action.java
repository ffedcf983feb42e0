package dev.tophalf.runtime.hw;

import java.util.List;
import java.util.function.Consumer;

/**
 * Something that a person can do to a peripheral.
 *
 * @param name what to type, such as {@code press}
 * @param usage the words that it takes, empty for none
 * @param description one line
 * @param body does it; refuses bad words with an {@link IllegalArgumentException} that says what is accepted
 */
public record Action(String name, String usage, String description, Consumer<List<String>> body) {
    /** An action that takes no words. */
    public static Action simple(String name, String description, Runnable body) {
        return new Action(name, "", description, words -> {
            if (!words.isEmpty()) {
                throw new IllegalArgumentException(name + " takes nothing, but got '" + String.join(" ", words) + "'");
            }
            body.run();
        });
    }
}
