package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.Member;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** A designated initialiser: a struct, and what its members get. */
public final class StructLiteral extends Value {
    /**
     * What one member gets.
     *
     * @param value converted to the member's type; for a member that is storage, the literal or call that fills it
     */
    public record Entry(Member member, Value value, int line) {}

    /** The member of the struct on the stack that a literal or an initialiser fills, where it is storage. */
    private static final class InPlace extends Value {
        private final Member member;

        InPlace(Member member) {
            super(member.type());
            this.member = member;
        }

        @Override
        public void emit(Code code) {
            code.op(Opcodes.DUP);
            code.field(Opcodes.GETFIELD, member);
        }
    }

    private final Value struct;
    private final List<Entry> entries;

    /** Fills {@code struct}, which is new. */
    public StructLiteral(Value struct, List<Entry> entries) {
        super(struct.type());
        this.struct = struct;
        this.entries = List.copyOf(entries);
    }

    /** Fills the member {@code member} of the struct around it, where it is storage. */
    public static StructLiteral inPlace(Member member, List<Entry> entries) {
        return new StructLiteral(storage(member), entries);
    }

    /** The member {@code member} of the struct that is being filled, as the value of its entry uses it first. */
    public static Value storage(Member member) {
        return new InPlace(member);
    }

    @Override
    public void emit(Code code) {
        struct.emit(code);
        for (Entry entry : entries) {
            code.line(entry.line());
            if (entry.member().isEmbedded() || entry.member().isFinal()) {
                entry.value().emitAndDrop(code);
            } else {
                code.op(Opcodes.DUP);
                entry.value().emit(code);
                code.field(Opcodes.PUTFIELD, entry.member());
            }
        }
    }
}
