package dev.tophalf.shell.grade;

import java.util.List;

/** Shows marks. */
interface MarkPrinter {
    /** A submission was judged; they come in the order given. */
    void mark(Mark mark);

    /** All were. */
    void end(List<Mark> marks);
}
