package dev.tophalf.shell.repl.command;

import dev.tophalf.shell.world.WorldException;
import java.util.List;

/** A command of the prompt. */
public abstract class PromptCommand {
    private final String name;
    private final String usage;
    private final String description;
    private final Completion completion;

    /**
     * @param name what to type
     * @param usage the words that it takes: {@code NAME}, {@code NAME...}, {@code [NAME]}, {@code [NAME...]} or nothing
     * @param description one line, in lower case
     * @param completion what its words can be
     */
    protected PromptCommand(String name, String usage, String description, Completion completion) {
        this.name = name;
        this.usage = usage;
        this.description = description;
        this.completion = completion;
    }

    public final String name() {
        return name;
    }

    /** The words that it takes. */
    public final String usage() {
        return usage;
    }

    /** What it does, in one line. */
    public final String description() {
        return description;
    }

    /** What its words can be. */
    public final Completion completion() {
        return completion;
    }

    /** Name and usage. */
    public final String synopsis() {
        return usage.isEmpty() ? name : name + " " + usage;
    }

    /**
     * Does what was typed.
     *
     * @return 0, or 1 if the driver failed
     * @throws WorldException if it cannot be done
     */
    public final int execute(Session session, Typed typed) {
        checkCount(typed.words());
        if (typed.target() != null && !writes()) {
            throw new WorldException(name + ": only echo writes to a file: echo TEXT... > PATH");
        }
        return run(session, typed);
    }

    private void checkCount(List<String> words) {
        boolean many = usage.contains("...");
        int least = usage.isEmpty() || usage.startsWith("[") ? 0 : 1;
        int most = usage.isEmpty() ? 0 : many ? Integer.MAX_VALUE : 1;
        if (words.size() < least) {
            throw new WorldException(name + ": takes " + usage + ", but got nothing");
        }
        if (words.size() > most) {
            String takes = usage.isEmpty() ? "nothing" : usage;
            throw new WorldException(name + ": takes " + takes + ", but got '" + String.join(" ", words) + "'");
        }
    }

    /** Whether it can write to a file. */
    boolean writes() {
        return false;
    }

    /** Does its work; the number of words is right. */
    abstract int run(Session session, Typed typed);
}
