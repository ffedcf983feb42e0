package dev.tophalf.runtime.script.weave;

import com.google.common.collect.ImmutableSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Puts {@link dev.tophalf.runtime.script.library.Library} around calls of Java's library: texts cost what they are long,
 * searches what they walk through, objects become text that every run repeats, and keys are what is quickly compared.
 */
final class LibraryCalls {
    static final String LIBRARY = "dev/tophalf/runtime/script/library/Library";

    private static final String LIBRARY_PACKAGE = LIBRARY.substring(0, LIBRARY.lastIndexOf('/') + 1);

    private static final String BUILDER = "java/lang/StringBuilder";
    private static final String STRING = "java/lang/String";
    private static final String ONE_OBJECT = "(Ljava/lang/Object;)";
    private static final String TWO_OBJECTS = "(Ljava/lang/Object;Ljava/lang/Object;)";
    private static final Set<String> KEYED = ImmutableSet.of("get", "containsKey", "remove", "contains", "indexOf");
    private static final Set<String> SETS = ImmutableSet.of("java/util/Set", "java/util/LinkedHashSet");
    private static final Set<String> MAPS =
            ImmutableSet.of("java/util/Map", "java/util/LinkedHashMap", "java/util/TreeMap");
    private static final Set<String> SEARCHES =
            ImmutableSet.of("contains(Ljava/lang/CharSequence;)Z", "indexOf(Ljava/lang/String;)I");
    private static final Set<String> WALKS = ImmutableSet.of("contains", "indexOf", "remove");

    private static final Set<String> MADE =
            ImmutableSet.of(")Ljava/util/List;", ")Ljava/util/Map;", ")Ljava/util/Set;");
    private static final Set<String> GROWS =
            ImmutableSet.of("add", "addFirst", "addLast", "push", "offer", "put", "putIfAbsent");

    private final WovenMethod method;
    private int line;

    private LibraryCalls(WovenMethod method) {
        this.method = method;
    }

    static void weave(WovenMethod method) {
        LibraryCalls calls = new LibraryCalls(method);
        for (AbstractInsnNode instruction : method.node().instructions.toArray()) {
            if (instruction instanceof LineNumberNode number) {
                calls.line = number.line;
            } else if (instruction instanceof MethodInsnNode call) {
                calls.weave(call);
            }
        }
    }

    private void weave(MethodInsnNode call) {
        if (call.owner.equals(BUILDER)) {
            weaveBuilder(call);
        } else if (call.owner.equals(STRING)) {
            weaveString(call);
        } else if (call.owner.equals("java/util/Objects") && call.name.equals("equals")) {
            call.owner = LIBRARY;
            call.name = "sameText";
        } else if (call.name.equals("getMessage") && call.owner.startsWith("java/lang/")) {
            call.setOpcode(Opcodes.INVOKESTATIC);
            call.owner = LIBRARY;
            call.name = "message";
            call.desc = "(Ljava/lang/Throwable;)Ljava/lang/String;";
        } else if (call.owner.startsWith("java/util/")) {
            weaveCollection(call);
        } else if (call.owner.equals(LIBRARY) && call.name.equals("walked")) {
            weaveWalk(call);
        } else if (call.owner.startsWith(LIBRARY_PACKAGE)) {
            weaveMaker(call);
        }
    }

    /** What a library function makes is memory, and so is what it adds; a range is only its ends. */
    private void weaveMaker(MethodInsnNode call) {
        if (call.desc.endsWith(")Ljava/lang/String;")) {
            after(call, cost());
        } else if (!call.name.equals("range") && MADE.stream().anyMatch(call.desc::endsWith)) {
            after(call, elements());
        } else if (call.name.equals("addAll")) {
            before(call, elements());
        }
    }

    /** Charges for the elements of the collection on top of the stack and leaves it there. */
    private InsnList elements() {
        InsnList code = new InsnList();
        code.add(new InsnNode(Opcodes.DUP));
        code.add(library("walkAll", "(Ljava/lang/Object;)I"));
        return method.charge(code, line);
    }

    /** Counts the work that is to come, instead of only saying so. */
    private void weaveWalk(MethodInsnNode call) {
        InsnList code = new InsnList();
        code.add(new InsnNode(Opcodes.DUP));
        code.add(library("walkAll", "(Ljava/lang/Object;)I"));
        after(call, method.work(code, line));
        method.node().instructions.remove(call);
    }

    private void weaveString(MethodInsnNode call) {
        if (call.desc.endsWith(")Ljava/lang/String;")) {
            after(call, cost());
        } else if (SEARCHES.contains(call.name + call.desc)) {
            InsnList code = new InsnList();
            code.add(new InsnNode(Opcodes.DUP2));
            code.add(library("search", "(Ljava/lang/CharSequence;Ljava/lang/CharSequence;)I"));
            before(call, method.work(code, line));
        }
    }

    private void weaveBuilder(MethodInsnNode call) {
        if (call.name.equals("toString")) {
            after(call, cost());
        } else if (call.name.equals("append") && !call.desc.startsWith("(L")) {
            before(call, one());
        } else if (call.name.equals("append")) {
            InsnList code = new InsnList();
            if (!call.desc.startsWith("(Ljava/lang/String;)")) {
                code.add(library("text", "(Ljava/lang/Object;)Ljava/lang/String;"));
                call.desc = "(Ljava/lang/String;)L" + BUILDER + ";";
            }
            code.add(cost());
            code.add(one());
            before(call, code);
        }
    }

    private void weaveCollection(MethodInsnNode call) {
        boolean oneObject = call.desc.startsWith(ONE_OBJECT);
        if (oneObject && (KEYED.contains(call.name) || (SETS.contains(call.owner) && call.name.equals("add")))) {
            InsnList code = new InsnList();
            code.add(library("key", "(Ljava/lang/Object;)Ljava/lang/Object;"));
            before(call, code);
        } else if (MAPS.contains(call.owner) && call.desc.startsWith(TWO_OBJECTS)) {
            InsnList code = new InsnList();
            code.add(new InsnNode(Opcodes.SWAP));
            code.add(library("key", "(Ljava/lang/Object;)Ljava/lang/Object;"));
            code.add(new InsnNode(Opcodes.SWAP));
            before(call, code);
        }
        if (GROWS.contains(call.name) && !call.desc.startsWith("()")) {
            before(call, one());
        }
        boolean oneArgument = oneObject || call.desc.startsWith("(I)");
        if (oneArgument && WALKS.contains(call.name) && !MAPS.contains(call.owner) && !SETS.contains(call.owner)) {
            InsnList code = new InsnList();
            code.add(new InsnNode(Opcodes.DUP2));
            code.add(new InsnNode(Opcodes.POP));
            code.add(library("walk", "(Ljava/lang/Object;)I"));
            before(call, method.work(code, line));
        }
    }

    /** Charges for the string on top of the stack and leaves it there. */
    private InsnList cost() {
        InsnList code = new InsnList();
        code.add(new InsnNode(Opcodes.DUP));
        code.add(library("cost", "(Ljava/lang/String;)I"));
        return method.charge(code, line);
    }

    /** Charges for one more element, or a few more characters. */
    private InsnList one() {
        InsnList code = new InsnList();
        code.add(WovenMethod.push(1));
        return method.charge(code, line);
    }

    private void before(MethodInsnNode call, InsnList code) {
        method.node().instructions.insertBefore(call, code);
    }

    private void after(MethodInsnNode call, InsnList code) {
        method.node().instructions.insert(call, code);
    }

    static MethodInsnNode library(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, LIBRARY, name, descriptor, false);
    }
}
