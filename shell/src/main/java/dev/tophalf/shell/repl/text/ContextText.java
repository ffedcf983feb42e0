package dev.tophalf.shell.repl.text;

import dev.tophalf.runtime.cpu.HeldLock;
import dev.tophalf.runtime.rule.ContextSnapshot;
import dev.tophalf.runtime.rule.ContextSnapshot.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The answers to the three questions that a driver's author asks at any time: what context am I in, which invariants
 * apply here, who owns scheduling right now.
 */
public final class ContextText {
    private static final int WIDTH = 96;

    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private ContextText(Paint paint) {
        this.paint = paint;
    }

    /** The answers for the person at the prompt. */
    public static List<String> ofPrompt(Paint paint) {
        ContextText text = new ContextText(paint);
        text.where("Process context: the prompt is a user process between two system calls. Each line that you type "
                + "is a system call: it enters the kernel, runs in process context and returns.");
        text.invariants(Place.USER);
        text.prose("A line that returns with a lock held or interrupts off is a mistake.");
        text.who(Place.USER);
        return text.lines;
    }

    /** The answers for a moment of a run. */
    public static List<String> of(ContextSnapshot context, Paint paint) {
        ContextText text = new ContextText(paint);
        Place place = Place.of(context);
        text.where(place.words() + " on cpu" + context.cpu() + ": " + chain(context) + ".");
        text.prose(counters(context));
        for (HeldLock held : context.held()) {
            text.prose("Holds " + held + ".");
        }
        text.invariants(place);
        text.duties(place);
        text.who(place);
        return text.lines;
    }

    private static String chain(ContextSnapshot context) {
        List<String> levels = new ArrayList<>();
        for (int i = context.chain().size() - 1; i >= 0; i--) {
            Frame frame = context.chain().get(i);
            String last = frame.functions().isEmpty()
                    ? ""
                    : frame.functions().get(frame.functions().size() - 1);
            levels.add(last.isEmpty() ? frame.name() : last + "(), for " + frame.name());
        }
        return String.join(", which interrupted ", levels);
    }

    private static String counters(ContextSnapshot context) {
        return String.format(
                Locale.ROOT,
                "Interrupts are %s; preempt_count is 0x%x.",
                context.irqsOff() ? "off" : "on",
                context.preemptCount());
    }

    private void where(String answer) {
        question("What context am I in?");
        prose(answer);
    }

    private void invariants(Place place) {
        question("Which invariants apply here?");
        Table table = new Table();
        if (place.sleeps()) {
            table.row("  can sleep", "yes", "msleep(), wait_event(), schedule()");
            table.row("  can allocate", "yes", "GFP_KERNEL");
            table.row("  can mutex", "yes", "mutex_lock()");
        } else {
            table.row("  can sleep", "no", "no msleep(), wait_event(), schedule(); udelay() spins");
            table.row("  can allocate", "some", "GFP_ATOMIC only, and it may fail; no GFP_KERNEL, which may sleep");
            table.row("  can mutex", "no", "spin_lock() instead of mutex_lock()");
        }
        boolean hasProcess = place == Place.USER;
        table.row(
                "  user memory",
                hasProcess ? "yes" : "no",
                hasProcess ? "copy_from_user(), copy_to_user()" : "there is no process to ask");
        lines.addAll(table.lines());
    }

    private void duties(Place place) {
        if (place == Place.HARDIRQ) {
            prose("Be short, fast and bounded: acknowledge the interrupt, capture the state, get out; leave the rest "
                    + "to an irq thread or a work.");
        } else if (!place.sleeps()) {
            prose("Be short and bounded: everybody else waits.");
        }
    }

    private void who(Place place) {
        question("Who owns scheduling right now?");
        prose(place.owner());
    }

    private void question(String question) {
        lines.add(paint.heading(question));
    }

    private void prose(String text) {
        StringBuilder line = new StringBuilder("  ");
        for (String word : text.split(" ", -1)) {
            if (line.length() > 2 && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("  ");
            }
            line.append(line.length() == 2 ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }
}
