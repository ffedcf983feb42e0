package dev.tophalf.shell.repl;

import dev.tophalf.linux.kernel.Files;
import dev.tophalf.linux.kernel.LoadedModule;
import dev.tophalf.runtime.machine.Board.Part;
import dev.tophalf.runtime.vfs.Directory;
import dev.tophalf.runtime.vfs.FileTree;
import dev.tophalf.runtime.vfs.Node;
import dev.tophalf.runtime.vfs.Symlink;
import dev.tophalf.shell.repl.PromptParser.Words;
import dev.tophalf.shell.repl.command.Commands;
import dev.tophalf.shell.repl.command.Completion;
import dev.tophalf.shell.repl.command.PromptCommand;
import dev.tophalf.shell.repl.command.Session;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/** What the word at the cursor could become. */
final class PromptCompleter implements Completer {
    private static final String COMMANDS = "commands";
    private static final String NAMES = "driver code";

    private final Session session;

    PromptCompleter(Session session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line instanceof Words words) {
            candidates.addAll(candidates(words));
        }
    }

    List<Candidate> candidates(Words words) {
        if (words.isFirst()) {
            return first(words.word());
        }
        PromptCommand command = Commands.find(words.words().get(0));
        if (command != null) {
            boolean isTarget = words.words().contains(">");
            return kind(isTarget ? Completion.MACHINE_FILE : command.completion(), words.word());
        }
        Part part = session.simulation().board().part(words.words().get(0));
        if (part != null) {
            return words.words().size() > 2 ? List.of() : actions(part);
        }
        return names(words.word());
    }

    private List<Candidate> first(String word) {
        List<Candidate> candidates = new ArrayList<>();
        Commands.all()
                .forEach(command -> candidates.add(candidate(
                        command.name(),
                        COMMANDS,
                        command.description(),
                        !command.usage().isEmpty())));
        for (Part part : session.simulation().board().parts()) {
            candidates.add(candidate(
                    part.label(),
                    COMMANDS,
                    "a peripheral: " + part.node().compatible().get(0),
                    true));
        }
        if (!word.isEmpty()) {
            candidates.addAll(names(word));
        }
        return candidates;
    }

    private List<Candidate> kind(Completion completion, String word) {
        return switch (completion) {
            case NONE -> List.of();
            case DRIVER_FILE -> HostFiles.candidates(word);
            case MACHINE_FILE -> machineFiles(word);
            case MODULE ->
                plain(session.world().modules().stream().map(LoadedModule::name).toList());
            case PERIPHERAL -> plain(labels());
            case TOPIC -> topics();
        };
    }

    private List<Candidate> topics() {
        List<String> topics = new ArrayList<>(Commands.names());
        topics.addAll(labels());
        topics.addAll(session.simulation().kernel().api().names());
        return plain(topics);
    }

    private List<String> labels() {
        return session.simulation().board().parts().stream().map(Part::label).toList();
    }

    private static List<Candidate> actions(Part part) {
        return part.peripheral().actions().stream()
                .map(action -> candidate(
                        action.name(),
                        "actions",
                        action.description(),
                        !action.usage().isEmpty()))
                .toList();
    }

    private List<Candidate> machineFiles(String word) {
        String folder = word.substring(0, word.lastIndexOf('/') + 1);
        List<Candidate> candidates = new ArrayList<>();
        if (folder.isEmpty()) {
            labels().forEach(label -> candidates.add(open(label + "/")));
        }
        if (files().find(session.world().absolute(folder)) instanceof Directory directory) {
            directory.children().forEach(child -> candidates.add(machineFile(folder + child.name(), child)));
        }
        return candidates;
    }

    private FileTree files() {
        return Files.of(session.simulation());
    }

    private static Candidate machineFile(String path, Node node) {
        Node target = node instanceof Symlink link ? link.target() : node;
        return target instanceof Directory ? open(path + "/") : candidate(path, null, null, true);
    }

    private List<Candidate> names(String word) {
        int dot = word.lastIndexOf('.');
        if (dot >= 0) {
            return members(word.substring(0, dot));
        }
        List<String> names = new ArrayList<>(session.simulation().kernel().api().names());
        names.addAll(session.scope().names());
        return names.stream()
                .distinct()
                .map(name -> candidate(name, NAMES, null, false))
                .toList();
    }

    /** The members of a variable of an earlier line. */
    private List<Candidate> members(String variable) {
        Field field = session.scope().variable(variable);
        if (field == null) {
            return List.of();
        }
        return Arrays.stream(field.getType().getFields())
                .filter(member -> !Modifier.isStatic(member.getModifiers()))
                .map(member -> candidate(variable + "." + member.getName(), NAMES, null, false))
                .toList();
    }

    private static List<Candidate> plain(List<String> words) {
        return words.stream().map(word -> candidate(word, null, null, true)).toList();
    }

    private static Candidate candidate(
            String value, @Nullable String group, @Nullable String description, boolean complete) {
        return new Candidate(value, value, group, description, null, null, complete);
    }

    /** A word that goes on. */
    static Candidate open(String value) {
        return candidate(value, null, null, false);
    }
}
