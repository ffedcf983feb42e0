package dev.tophalf.shell.grade;

import dev.tophalf.shell.grade.YamlValue.Fields;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads an exercise's folder.
 *
 * <pre>
 * title: A handler that sleeps
 * machine: ../../machines/lab.dts       # beside this file, unless absolute
 * timeout: 60                           # seconds for one submission
 * heap: 256                             # MB for one submission
 * rubric:
 *   - id: counts
 *     title: counts every press
 *     points: 2
 *     visibility: visible               # or hidden: the student is not told why it was missed
 *     features: [presses are counted]   # names in *Spec.groovy; all have to pass
 * answers:                              # for each answer in the folder the items that it misses
 *   solution.groovy: []
 *   wrong/forgets.groovy: [counts]</pre>
 */
final class ExerciseReader {
    private static final List<String> KEYS = List.of("title", "machine", "timeout", "heap", "rubric", "answers");
    private static final List<String> ITEM_KEYS = List.of("id", "title", "points", "visibility", "features");
    private static final String NAME = "exercise.yaml";

    private final Path file;
    private final Path folder;

    private ExerciseReader(Path file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /** Reads the exercise in a folder, or that an {@code exercise.yaml} describes. */
    static Exercise read(Path given) {
        if (Files.isDirectory(given)) {
            Path file = given.resolve(NAME);
            if (!Files.exists(file)) {
                throw new WorldException(given + ": is no exercise, it has no " + NAME);
            }
            return new ExerciseReader(file, given).read();
        }
        Path parent = given.getParent();
        return new ExerciseReader(given, parent == null ? Path.of("") : parent).read();
    }

    private Exercise read() {
        String text = World.source(file).text();
        Fields fields = YamlValue.parse(file.toString(), text).fields(KEYS);
        List<RubricItem> rubric = rubric(fields.required("rubric"));
        return new Exercise(
                folder,
                fields.required("title").text(),
                machine(fields.required("machine")),
                limits(fields),
                rubric,
                answers(fields, rubric),
                specs());
    }

    private Path machine(YamlValue value) {
        Path machine = folder.resolve(value.text());
        if (!Files.isRegularFile(machine)) {
            throw value.wrong("there is no machine description " + machine.normalize());
        }
        return machine.normalize();
    }

    private static Limits limits(Fields fields) {
        YamlValue timeout = fields.optional("timeout");
        YamlValue heap = fields.optional("heap");
        return new Limits(
                timeout == null ? Limits.USUAL.seconds() : timeout.number(1, Limits.MOST_SECONDS),
                heap == null ? Limits.USUAL.heapMb() : heap.number(Limits.LEAST_HEAP_MB, Limits.MOST_HEAP_MB));
    }

    private static List<RubricItem> rubric(YamlValue value) {
        Map<String, RubricItem> items = new LinkedHashMap<>();
        for (YamlValue entry : value.list()) {
            RubricItem item = item(entry.fields(ITEM_KEYS));
            if (items.put(item.id(), item) != null) {
                throw entry.wrong("two rubric items have the id '" + item.id() + "'");
            }
        }
        if (items.isEmpty()) {
            throw value.wrong("the rubric is empty; it has to have one item at least");
        }
        return List.copyOf(items.values());
    }

    private static RubricItem item(Fields fields) {
        YamlValue visibility = fields.optional("visibility");
        YamlValue features = fields.required("features");
        List<String> names = features.list().stream().map(YamlValue::text).toList();
        if (names.isEmpty()) {
            throw features.wrong("no feature proves '" + fields.required("id").text() + "'; name one at least");
        }
        return new RubricItem(
                fields.required("id").text(),
                fields.required("title").text(),
                fields.required("points").number(1, 1_000),
                visibility != null
                        && visibility.word(List.of("visible", "hidden")).equals("hidden"),
                names);
    }

    private Map<String, List<String>> answers(Fields fields, List<RubricItem> rubric) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        YamlValue table = fields.optional("answers");
        if (table == null) {
            return answers;
        }
        List<String> ids = rubric.stream().map(RubricItem::id).toList();
        table.entries("a table of files, each with the items that it misses").forEach((name, missed) -> {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw missed.wrong("there is no answer " + folder.resolve(name));
            }
            answers.put(name, missed.list().stream().map(id -> id.word(ids)).toList());
        });
        return answers;
    }

    private List<Path> specs() {
        List<Path> specs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.toAbsolutePath())) {
            files.filter(path -> path.toString().endsWith("Spec.groovy"))
                    .sorted()
                    .forEach(specs::add);
        } catch (IOException broken) {
            throw new WorldException(folder + ": cannot be read (" + broken.getMessage() + ")");
        }
        if (specs.isEmpty()) {
            throw new WorldException(folder + ": has no spec; an exercise is judged by files named *Spec.groovy");
        }
        return specs;
    }
}
