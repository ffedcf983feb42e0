package dev.tophalf.shell.grade;

import dev.tophalf.runtime.script.Diagnostic;
import java.io.PrintWriter;
import java.util.List;

/** Prints marks for people: each submission as soon as it is judged, at the end a table of all. */
final class TextMarks implements MarkPrinter {
    private final PrintWriter out;
    private final boolean reveal;

    /** Prints to {@code out}; {@code reveal} says whether it tells why hidden items were missed. */
    TextMarks(PrintWriter out, boolean reveal) {
        this.out = out;
        this.reveal = reveal;
    }

    @Override
    public void mark(Mark mark) {
        out.println(OneLine.of(mark.file()) + ": " + mark.points() + " of " + mark.of());
        if (!mark.message().isEmpty()) {
            out.println("  " + mark.message());
        }
        for (Diagnostic diagnostic : mark.diagnostics()) {
            out.println("  " + diagnostic);
        }
        if (mark.outcome().keepsPoints()) {
            printItems(mark);
        }
        out.println();
        out.flush();
    }

    private void printItems(Mark mark) {
        int width = width(mark.items().stream().map(TextMarks::share).toList());
        int idWidth = width(mark.items().stream().map(item -> item.item().id()).toList());
        for (ItemMark item : mark.items()) {
            out.println("  " + " ".repeat(width - share(item).length()) + share(item) + "  "
                    + padded(item.item().id(), idWidth) + "  " + item.item().title() + note(item));
            if (reveal || !item.item().hidden()) {
                item.why().stream()
                        .filter(why -> mark.message().isEmpty() || !why.endsWith(mark.message()))
                        .forEach(why -> out.println(" ".repeat(width + idWidth + 6) + why));
            }
        }
    }

    private static String note(ItemMark mark) {
        String hidden = mark.item().hidden() ? "hidden" : "";
        String result = switch (mark.result()) {
            case ERROR -> "the spec broke";
            case NOT_RUN -> "not run";
            case PASSED, FAILED -> "";
        };
        String note = hidden + (hidden.isEmpty() || result.isEmpty() ? "" : ", ") + result;
        return note.isEmpty() ? "" : " (" + note + ")";
    }

    @Override
    public void end(List<Mark> marks) {
        if (marks.size() < 2) {
            return;
        }
        int width = width(marks.stream().map(TextMarks::share).toList());
        int fileWidth =
                width(marks.stream().map(mark -> OneLine.of(mark.file())).toList());
        for (Mark mark : marks) {
            String line = " ".repeat(width - share(mark).length()) + share(mark) + "  "
                    + padded(OneLine.of(mark.file()), fileWidth) + "  "
                    + (mark.outcome() == Outcome.GRADED ? "" : mark.message());
            out.println(line.stripTrailing());
        }
        out.flush();
    }

    private static String share(ItemMark mark) {
        return mark.points() + "/" + mark.item().points();
    }

    private static String share(Mark mark) {
        return mark.points() + "/" + mark.of();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
