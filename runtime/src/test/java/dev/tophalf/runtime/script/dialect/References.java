package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.script.ClassBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** What compiled scripts refer to. A shape that is not listed here is one that verifier and weaver have not seen. */
public final class References {
    /** A line for each part of the language that refers to something. */
    public static final String EVERYTHING = """

            enum everything { FIRST, LAST(9) }
            interface every_op { int apply(int a) }
            class every_base { static int count = 1; int n }
            class every_one extends every_base { spinlock_t lock; every_one next; every_one() { n = 3 } }
            static int every_apply(int a) { return a }
            static int every(int k, u64 big, Object data, String text) {
                every_op op = every_apply
                int fixed = k
                every_op block = { it + fixed }
                u8[] bytes = [1, 2]
                spinlock_t[] locks = new spinlock_t[2]
                List<Integer> list = [1, k]
                Map<String, u64> map = [a: big]
                list << 4
                map.b = big
                map['a'] += 1
                for (x in list) k += x
                for (e in map) big += e.value
                for (b in bytes) k += b
                for (i in 0..3) k += i
                every_one one = [n: 4]
                one = data
                one.next = new every_one()
                if (data instanceof every_one && text == 'x' && 3 in list && 'a' in map) k++
                switch (text) { case 'a': return 1 }
                switch (big) { case 1: return 2 }
                big = big / 3 + big % 5
                if (big > k || big >> 3 == 0) k = -k
                text += "a${big}b${k}c${data}"
                try { throw new IllegalStateException(text) } catch (RuntimeException e) { k++ } finally { k-- }
                out: { break out }
                READ_ONCE(one.n); WRITE_ONCE(one.n, 3); xchg(one.n, 4); cmpxchg(one.n, 4, 5)
                return op(k) + block(k) + one?.next?.n + list[0] + text.length() + every_base.count + everything.LAST
            }
            """;

    /** Everything outside of script and kernel that compiled scripts may refer to. */
    public static final Set<String> KNOWN = new TreeSet<>(List.of(
            "dev/tophalf/runtime/memory/EmbeddedStruct.embed",
            "dev/tophalf/runtime/memory/KernelStruct.<init>",
            "dev/tophalf/runtime/script/DriverScript.<init>",
            "java/lang/IllegalStateException",
            "java/lang/IllegalStateException.<init>",
            "java/lang/Integer",
            "java/lang/Integer.intValue",
            "java/lang/Integer.valueOf",
            "java/util/List.iterator",
            "java/util/Set.iterator",
            "java/lang/Long",
            "java/lang/Long.compareUnsigned",
            "java/lang/Long.divideUnsigned",
            "java/lang/Long.longValue",
            "java/lang/Long.remainderUnsigned",
            "java/lang/Long.toUnsignedString",
            "java/lang/Long.valueOf",
            "java/lang/Object",
            "java/lang/String",
            "java/lang/String.length",
            "java/lang/StringBuilder",
            "java/lang/StringBuilder.<init>",
            "java/lang/StringBuilder.append",
            "java/lang/StringBuilder.toString",
            "java/util/ArrayList",
            "java/util/ArrayList.<init>",
            "java/util/ArrayList.add",
            "java/util/Iterator.hasNext",
            "java/util/Iterator.next",
            "java/util/LinkedHashMap",
            "java/util/LinkedHashMap.<init>",
            "java/util/LinkedHashMap.put",
            "java/util/List.add",
            "java/util/List.contains",
            "java/util/List.get",
            "java/util/Map$Entry",
            "java/util/Map$Entry.getValue",
            "java/util/Map.containsKey",
            "java/util/Map.entrySet",
            "java/util/Map.get",
            "java/util/Map.put",
            "java/util/Objects.equals"));

    private References() {}

    /** What {@code compiled} refers to that is neither its own nor the stand-in kernel's. */
    public static SortedSet<String> external(Compiled compiled) {
        SortedSet<String> found = new TreeSet<>();
        Set<String> own = new TreeSet<>();
        compiled.classes().forEach(each -> own.add(each.name()));
        for (String name : all(compiled)) {
            int dot = name.indexOf('.');
            String owner = dot < 0 ? name : name.substring(0, dot);
            if (!own.contains(owner) && !owner.contains("StandInKernel") && !owner.startsWith("[")) {
                found.add(name);
            }
        }
        return found;
    }

    private static List<String> all(Compiled compiled) {
        List<String> names = new ArrayList<>();
        for (ClassNode node : nodes(compiled)) {
            for (MethodNode method : node.methods) {
                for (AbstractInsnNode instruction : method.instructions) {
                    add(names, instruction);
                }
            }
        }
        return names;
    }

    private static void add(List<String> names, AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            names.add(call.owner + "." + call.name);
        } else if (instruction instanceof FieldInsnNode field) {
            names.add(field.owner + "." + field.name);
        } else if (instruction instanceof TypeInsnNode type) {
            names.add(type.desc);
        }
    }

    /** The methods that link call sites. */
    public static SortedSet<String> bootstraps(Compiled compiled) {
        SortedSet<String> found = new TreeSet<>();
        for (ClassNode node : nodes(compiled)) {
            for (MethodNode method : node.methods) {
                for (AbstractInsnNode instruction : method.instructions) {
                    if (instruction instanceof InvokeDynamicInsnNode site) {
                        found.add(site.bsm.getOwner() + "." + site.bsm.getName());
                    }
                }
            }
        }
        return found;
    }

    /** The calls and field accesses of a function, in order. */
    public static List<String> instructions(Compiled compiled, String function) {
        List<String> found = new ArrayList<>();
        for (MethodNode method : nodes(compiled).get(0).methods) {
            if (method.name.equals(function)) {
                for (AbstractInsnNode instruction : method.instructions) {
                    if (instruction instanceof MethodInsnNode call) {
                        found.add(call.owner.substring(call.owner.lastIndexOf('/') + 1) + "." + call.name);
                    } else if (instruction instanceof FieldInsnNode field) {
                        String opcode = field.getOpcode() == Opcodes.GETFIELD
                                ? "GETFIELD"
                                : field.getOpcode() == Opcodes.PUTFIELD ? "PUTFIELD" : "STATIC";
                        found.add(opcode + " " + field.owner + "." + field.name);
                    }
                }
            }
        }
        return found;
    }

    private static List<ClassNode> nodes(Compiled compiled) {
        List<ClassNode> nodes = new ArrayList<>();
        for (ClassBytes bytes : compiled.classes()) {
            ClassNode node = new ClassNode();
            new ClassReader(bytes.bytes()).accept(node, 0);
            nodes.add(node);
        }
        return nodes;
    }
}
