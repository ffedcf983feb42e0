package dev.tophalf.runtime.script.dialect.source;

import dev.tophalf.runtime.script.Deadline;
import groovyjarjarantlr4.v4.runtime.CharStream;
import groovyjarjarantlr4.v4.runtime.misc.Interval;

/** The letters that Groovy's lexer reads, until the time is over. There are letters that it goes back over and over. */
final class StoppableChars implements CharStream {
    private final CharStream letters;

    StoppableChars(CharStream letters) {
        this.letters = letters;
    }

    @Override
    public void consume() {
        Deadline.check();
        letters.consume();
    }

    @Override
    public int LA(int i) {
        return letters.LA(i);
    }

    @Override
    public int mark() {
        return letters.mark();
    }

    @Override
    public void release(int marker) {
        letters.release(marker);
    }

    @Override
    public int index() {
        return letters.index();
    }

    @Override
    public void seek(int index) {
        letters.seek(index);
    }

    @Override
    public int size() {
        return letters.size();
    }

    @Override
    public String getText(Interval interval) {
        return letters.getText(interval);
    }

    @Override
    public String getSourceName() {
        return letters.getSourceName();
    }
}
