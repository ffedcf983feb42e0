package dev.tophalf.shell.grade;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A task for students: a machine, specs that judge a driver on it, and what each of them is worth.
 *
 * @param folder where its files are
 * @param title what it is called
 * @param machine the machine's description
 * @param limits what one submission may use
 * @param rubric what earns points, in the order of the report
 * @param answers for each answer that lies in the folder the ids of the items that it misses
 * @param specs the Spock specs, by name
 */
record Exercise(
        Path folder,
        String title,
        Path machine,
        Limits limits,
        List<RubricItem> rubric,
        Map<String, List<String>> answers,
        List<Path> specs) {

    /** The full mark. */
    int points() {
        return rubric.stream().mapToInt(RubricItem::points).sum();
    }
}
