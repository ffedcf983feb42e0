package dev.tophalf.runtime.script.dialect.tree;

import dev.tophalf.runtime.script.dialect.type.ArrayType;
import dev.tophalf.runtime.script.dialect.type.Callable;
import dev.tophalf.runtime.script.dialect.type.IntegerType;
import dev.tophalf.runtime.script.dialect.type.Member;
import dev.tophalf.runtime.script.dialect.type.SpecialType;
import dev.tophalf.runtime.script.dialect.type.Type;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Something that can be read and stored to: a variable, a member, an element. */
public abstract class Place {
    private final Type type;

    private Place(Type type) {
        this.type = type;
    }

    public final Type type() {
        return type;
    }

    /** Writes what says where the place is. */
    abstract void emitAddress(Code code);

    /** How many slots {@link #emitAddress} leaves on the stack. */
    abstract int addressSlots();

    /** Replaces the address on the stack by the value. */
    abstract void load(Code code);

    /** Takes address and value from the stack and stores. */
    abstract void store(Code code);

    final void duplicateAddress(Code code) {
        if (addressSlots() > 0) {
            code.op(addressSlots() == 1 ? Opcodes.DUP : Opcodes.DUP2);
        }
    }

    /** Takes the address from the stack. */
    final void dropAddress(Code code) {
        if (addressSlots() > 0) {
            code.op(addressSlots() == 1 ? Opcodes.POP : Opcodes.POP2);
        }
    }

    /** A local variable. */
    public static Place of(Local local) {
        return new OfLocal(local);
    }

    /** A file-scope variable, or the member of {@code struct}, which is null for a variable. */
    public static Place of(Member member, @Nullable Value struct) {
        return struct == null ? new OfVariable(member) : new OfMember(member, struct);
    }

    /** An element of an array; the index is an {@code int}. */
    public static Place ofElement(Value array, Value index) {
        return new OfElement(array, index);
    }

    /** What a pointer's methods read and write; {@code index} is converted to their parameter. */
    public static Place ofItem(Value pointer, Value index, Callable getter, Callable setter, Type type) {
        return new OfItem(pointer, index, getter, setter, type);
    }

    private static final class OfLocal extends Place {
        private final Local local;

        OfLocal(Local local) {
            super(local.type());
            this.local = local;
        }

        /** A local variable's place is its slot, or the one element of the array in it. */
        @Override
        void emitAddress(Code code) {
            if (local.isShared()) {
                code.load(local);
                code.constant(0);
            }
        }

        @Override
        int addressSlots() {
            return local.isShared() ? 2 : 0;
        }

        @Override
        void load(Code code) {
            if (local.isShared()) {
                code.op(Code.opcode(type().descriptor(), Opcodes.IALOAD));
            } else {
                code.load(local);
            }
        }

        @Override
        void store(Code code) {
            if (local.isShared()) {
                code.op(Code.opcode(type().descriptor(), Opcodes.IASTORE));
            } else {
                code.store(local);
            }
        }
    }

    private static final class OfVariable extends Place {
        private final Member variable;

        OfVariable(Member variable) {
            super(variable.type());
            this.variable = variable;
        }

        @Override
        void emitAddress(Code code) {
            // A file-scope variable's place is its name.
        }

        @Override
        int addressSlots() {
            return 0;
        }

        @Override
        void load(Code code) {
            code.field(Opcodes.GETSTATIC, variable);
        }

        @Override
        void store(Code code) {
            code.field(Opcodes.PUTSTATIC, variable);
        }
    }

    private static final class OfMember extends Place {
        private final Member member;
        private final Value struct;

        OfMember(Member member, Value struct) {
            super(member.type());
            this.member = member;
            this.struct = struct;
        }

        @Override
        void emitAddress(Code code) {
            struct.emit(code);
        }

        @Override
        int addressSlots() {
            return 1;
        }

        @Override
        void load(Code code) {
            code.field(Opcodes.GETFIELD, member);
            if (type().isReference() && !type().descriptor().equals(member.storage())) {
                code.checkCast(type().descriptor());
            }
        }

        @Override
        void store(Code code) {
            code.field(Opcodes.PUTFIELD, member);
        }
    }

    private static final class OfElement extends Place {
        private final Value array;
        private final Value index;

        OfElement(Value array, Value index) {
            super(((ArrayType) array.type()).element());
            this.array = array;
            this.index = index;
        }

        @Override
        void emitAddress(Code code) {
            array.emit(code);
            index.emit(code);
        }

        @Override
        int addressSlots() {
            return 2;
        }

        @Override
        void load(Code code) {
            code.op(opcode(Opcodes.IALOAD));
            if (type() == IntegerType.U8) {
                Convert.wrap(code, IntegerType.U8);
            } else if (type() == IntegerType.U32) {
                code.op(Opcodes.I2L);
                Convert.wrap(code, IntegerType.U32);
            }
        }

        @Override
        void store(Code code) {
            if (type() == IntegerType.U32) {
                code.op(Opcodes.L2I);
            }
            code.op(opcode(Opcodes.IASTORE));
        }

        private int opcode(int forInt) {
            String element = array.type().descriptor().substring(1);
            return org.objectweb.asm.Type.getType(element).getOpcode(forInt);
        }
    }

    private static final class OfItem extends Place {
        private final Value pointer;
        private final Value index;
        private final Callable getter;
        private final Callable setter;
        private final Local keptPointer;
        private final Local keptIndex;

        OfItem(Value pointer, Value index, Callable getter, Callable setter, Type type) {
            super(type);
            this.pointer = pointer;
            this.index = index;
            this.getter = getter;
            this.setter = setter;
            this.keptPointer = new Local("", pointer.type());
            this.keptIndex = new Local("", index.type());
        }

        @Override
        void emitAddress(Code code) {
            pointer.emit(code);
            code.place(keptPointer);
            code.store(keptPointer);
            index.emit(code);
            code.place(keptIndex);
            code.store(keptIndex);
        }

        @Override
        int addressSlots() {
            return 0;
        }

        @Override
        void load(Code code) {
            code.load(keptPointer);
            code.load(keptIndex);
            code.invoke(getter);
            if (type().isReference() && !type().descriptor().equals(getter.storage())) {
                code.checkCast(type().descriptor());
            }
        }

        @Override
        void store(Code code) {
            Local value = code.allocate(type());
            code.store(value);
            code.load(keptPointer);
            code.load(keptIndex);
            code.load(value);
            code.invoke(setter);
            if (setter.result() != SpecialType.VOID) {
                code.drop(setter.result());
            }
        }
    }
}
