package dev.tophalf.shell.grade;

import dev.tophalf.shell.world.WorldException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value in a YAML file that knows its place: a complaint names file, line, what is given and what is accepted. */
final class YamlValue {
    private final String file;
    private final String what;
    private final Node node;

    private YamlValue(String file, String what, Node node) {
        this.file = file;
        this.what = what;
        this.node = node;
    }

    /** The value that {@code text}, the content of {@code file}, is. */
    static YamlValue parse(String file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            return new YamlValue(
                    file,
                    "the file",
                    new Compose(settings)
                            .composeString(text)
                            .orElseThrow(() -> new WorldException(
                                    file + ": is empty; an exercise has title, machine and rubric")));
        } catch (MarkedYamlEngineException broken) {
            String line = broken.getProblemMark()
                    .map(mark -> ":" + (mark.getLine() + 1))
                    .orElse("");
            throw new WorldException(file + line + ": is not YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            throw new WorldException(file + ": is not YAML: " + OneLine.of(String.valueOf(broken.getMessage())));
        }
    }

    /** A complaint about this value. */
    WorldException wrong(String complaint) {
        return new WorldException(file + line(node) + ": " + complaint);
    }

    private static String line(Node node) {
        return node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    }

    private WorldException notAccepted(String accepted) {
        return wrong(what + " is " + given() + "; accepted is " + accepted);
    }

    private String given() {
        if (node instanceof ScalarNode scalar) {
            return isNothing() ? "empty" : "'" + scalar.getValue() + "'";
        }
        return node instanceof SequenceNode ? "a list" : "a table of keys and values";
    }

    private boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    /** The fields of a table, each under one of the {@code accepted} keys. */
    Fields fields(List<String> accepted) {
        Map<String, YamlValue> fields = entries("a table with " + String.join(", ", accepted));
        for (Map.Entry<String, YamlValue> field : fields.entrySet()) {
            if (!accepted.contains(field.getKey())) {
                throw field.getValue()
                        .wrong("unknown key '" + field.getKey() + "'" + in() + "; accepted are "
                                + String.join(", ", accepted));
            }
        }
        return new Fields(fields);
    }

    private String in() {
        return what.equals("the file") ? "" : " in " + what;
    }

    /** The entries of a table whose keys may be anything. */
    Map<String, YamlValue> entries(String accepted) {
        if (!(node instanceof MappingNode table)) {
            throw notAccepted(accepted);
        }
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        for (NodeTuple entry : table.getValue()) {
            String key = new YamlValue(file, "a key of " + what, entry.getKeyNode()).text();
            YamlValue value = new YamlValue(file, "'" + key + "'" + in(), entry.getValueNode());
            if (entries.put(key, value) != null) {
                throw value.wrong("'" + key + "' is given twice" + in());
            }
        }
        return entries;
    }

    /** The values of a list. */
    List<YamlValue> list() {
        if (!(node instanceof SequenceNode list)) {
            throw notAccepted("a list");
        }
        List<YamlValue> values = new ArrayList<>();
        for (Node value : list.getValue()) {
            values.add(new YamlValue(file, "entry " + (values.size() + 1) + " of " + what, value));
        }
        return values;
    }

    /** A text that is not empty. */
    String text() {
        if (node instanceof ScalarNode scalar
                && !isNothing()
                && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        throw notAccepted("a text");
    }

    /** A whole number from {@code least} to {@code most}. */
    int number(int least, int most) {
        try {
            if (node instanceof ScalarNode scalar) {
                int number = Integer.parseInt(scalar.getValue());
                if (number >= least && number <= most) {
                    return number;
                }
            }
        } catch (NumberFormatException noNumber) {
            throw notAccepted("a whole number from " + least + " to " + most);
        }
        throw notAccepted("a whole number from " + least + " to " + most);
    }

    /** One of the {@code accepted} words. */
    String word(List<String> accepted) {
        if (node instanceof ScalarNode scalar && accepted.contains(scalar.getValue())) {
            return scalar.getValue();
        }
        throw notAccepted(String.join(" or ", accepted));
    }

    /** The fields of a table. */
    final class Fields {
        private final Map<String, YamlValue> fields;

        private Fields(Map<String, YamlValue> fields) {
            this.fields = fields;
        }

        /** A field that has to be there. */
        YamlValue required(String key) {
            YamlValue field = fields.get(key);
            if (field == null) {
                throw wrong("'" + key + "' is missing" + in());
            }
            return field;
        }

        /** A field, or null. */
        @Nullable
        YamlValue optional(String key) {
            return fields.get(key);
        }
    }
}
