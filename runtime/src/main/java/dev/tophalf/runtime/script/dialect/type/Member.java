package dev.tophalf.runtime.script.dialect.type;

/**
 * A member of a struct, or a file-scope variable.
 *
 * @param storage how it is stored, as a JVM descriptor; differs from the type's for narrow members of Java classes
 * @param isStatic whether it is a variable and not a member
 * @param isFinal whether it cannot be stored to
 */
public record Member(ClassInfo owner, String name, Type type, String storage, boolean isStatic, boolean isFinal) {
    /** A member as drivers declare it. */
    public Member(ClassInfo owner, String name, Type type, boolean isStatic) {
        this(owner, name, type, type.descriptor(), isStatic, false);
    }

    /** This one, which cannot be stored to. */
    public Member asFinal() {
        return new Member(owner, name, type, storage, isStatic, true);
    }

    /** This one where type parameters are known; an integer that stands for one lies in a box. */
    public Member withType(Type known) {
        return new Member(owner, name, known, storage, isStatic, isFinal);
    }

    /**
     * Whether it is storage inside its struct, as a {@code spinlock_t} is. A kernel's struct says so by a final field; its
     * others are pointers, as {@code list_head.next} is.
     */
    public boolean isEmbedded() {
        boolean points = !isFinal && owner instanceof JavaClass struct && struct.isKernels();
        return !points && type instanceof ClassType held && held.info().isEmbedded();
    }
}
