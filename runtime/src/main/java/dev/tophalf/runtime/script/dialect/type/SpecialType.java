package dev.tophalf.runtime.script.dialect.type;

/** The types that no variable can have. */
public enum SpecialType implements Type {
    /** Of a function that returns nothing. */
    VOID("void", "V"),
    /** Of {@code NULL}. */
    NULL("NULL", "Ljava/lang/Object;"),
    /** Of a function's bare name, where it is not known yet what pointer is wanted. */
    FUNCTION("function", "Ljava/lang/Object;"),
    /** Of an expression with an error in it. It fits everywhere, so that one mistake is one message. */
    UNKNOWN("?", "Ljava/lang/Object;");

    private final String words;
    private final String descriptor;

    SpecialType(String words, String descriptor) {
        this.words = words;
        this.descriptor = descriptor;
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    public int slots() {
        return this == VOID ? 0 : 1;
    }

    @Override
    public String descriptor() {
        return descriptor;
    }
}
