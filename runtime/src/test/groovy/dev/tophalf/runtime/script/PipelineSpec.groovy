package dev.tophalf.runtime.script

import dev.tophalf.runtime.contract.FunctionPointer
import dev.tophalf.runtime.script.weave.WeaveOptions
import dev.tophalf.runtime.trace.Sites
import spock.lang.Specification

/** Drivers in their own language, through every stage. */
class PipelineSpec extends Specification {
    static final WEAVE = WeaveOptions.DEFAULT.withHooks(TestHooks.NAME)

    def sites = new Sites()
    def compiler = new ScriptCompiler(TestKernel.api(), sites, CompileOptions.DEFAULT.withWeave(WEAVE))

    def setup() {
        TestHooks.reset(100_000)
        TestKernel.LOG.clear()
    }

    LoadedScript load(String text, Scope scope = Scope.EMPTY, String file = 'button.groovy') {
        compiler.compile(new ScriptSource(file, text.stripIndent()), scope).load()
    }

    static Object call(LoadedScript script, String function, Object... arguments) {
        script.function(function)[0].invoke(null, arguments)
    }

    def "a driver runs, and the gate sees it"() {
        given:
        def script = load('''\
            MODULE_LICENSE('GPL')
            class button { int presses; u8 level }
            long total = 40
            button only = new button()

            static int pressed(int irq, Object data) {
                button b = data
                b.presses++
                b.level += 200
                total += add(irq, b.level)
                return IRQ_HANDLED
            }
            handler_t handler = pressed
            handle(handler, 2, only)
            handle(pressed, 0, only)
            total
            ''')

        expect:
        TestKernel.LOG.empty
        script.run() == 40 + 2 + 200 + 0 + 144
        TestKernel.LOG == ['GPL']
        TestHooks.called().collect { sites.get(it).toString() } ==
                ['button.groovy:14', 'button.groovy:10', 'button.groovy:15', 'button.groovy:10']
        TestHooks.called().collect { sites.get(it).function() } == ['<file scope>', 'pressed', '<file scope>', 'pressed']
        TestHooks.arguments()[1] == [2, 200]
        TestHooks.arguments()[0][0].is(TestHooks.arguments()[2][0])
        TestHooks.arguments()[0][0].functionName() == 'pressed'
        TestHooks.arguments()[0][0].line() == 6
    }

    def "what Java's library has for drivers works: #text"() {
        expect:
        load(text).run() == value

        where:
        text                                                                                          || value
        "String s = 'abc'\nswitch (s) { case 'abc': s = 'x'; break; default: s = 'y' }\ns"            || 'x'
        "List<Integer> l = [1, 2]\nl.add(3)\nint n = 0\nfor (x in l) { n += x }\nn"                   || 6
        "List<Integer> l = [4, 5]\nl[0] = 6\nl.remove(1)\nl.size() + l[0]"                            || 7
        "Map<String, Integer> m = [a: 1]\nm['b'] = 2\nint n = 0\nfor (e in m) { n += e.value }\nn"    || 3
        "Map<String, Integer> m = [a: 1]\nm.containsKey('a') ? m.size() : 0"                          || 1
        'String s = "irq ${3 + 4}" + "x"\ns += "yy"\ns.length()'                                      || 8
        "String s = ' irq 7 '\ns.trim().substring(4)"                                                 || '7'
        "StringBuilder b = new StringBuilder()\nb.append('xy').append(3).append(4L)\nb.toString()"    || 'xy34'
        'int[] a = [1, 2, 3]\nint n = a.length\nfor (int x : a) n += x\nn'                            || 9
        'u64 n = 0xFFFFFFFFFFFFFFFF\n"${n / 3} ${n % 10}"'                                            || '6148914691236517205 5'
        'Integer.bitCount(5) + Long.numberOfTrailingZeros(8)'                                         || 5
        'Math.max(3, 4)'                                                                              || 4
        'class a { int n; a next }\na x = new a()\nx.next = new a()\nx.next.n = 3\nx.next.n'          || 3
        "try { throw new IllegalStateException('x') } catch (Exception e) { log(e.getMessage()) }\n1" || 1
    }

    def "each load starts afresh"() {
        given:
        def compiled = compiler.compile(new ScriptSource('n.groovy', 'int n = 0\nstatic int next() { return ++n }'), Scope.EMPTY)
        def one = compiled.load()
        def two = compiled.load()

        expect:
        call(one, 'next') == 1
        call(one, 'next') == 2
        call(two, 'next') == 1
        one.variable('n').getInt(null) == 2
    }

    def "a later line sees earlier ones, and a function has the same pointer in both"() {
        given:
        def first = load('''\
            class button { int presses }
            button b = new button()
            static int pressed(int irq, Object data) { return irq }
            static Object mine() { handler_t h = pressed; return h }
            ''')
        first.run()
        def second = load('''\
            b.presses = 5
            handler_t h = pressed
            static Object theirs() { handler_t p = pressed; return p }
            handle(h, b.presses, null)
            ''', first, 'line2')
        def third = load('handler_t g = pressed\nint n = b.presses + 1', second, 'line3')

        expect:
        second.run() == 5
        third.run() == null
        third.variable('n').getInt(null) == 6
        call(first, 'mine').is(call(second, 'theirs'))
        call(first, 'mine').is(third.variable('g').get(null))
        call(second, 'theirs').line() == 3
        second.names().containsAll(['b', 'h', 'pressed', 'button', 'mine'])
    }

    def "the later line may come first to the pointer"() {
        given:
        def first = load('\n\nstatic int pressed(int irq, Object data) { return irq }\nstatic Object mine() { handler_t h = pressed; return h }')
        def second = load('static Object theirs() { handler_t p = pressed; return p }', first, 'line2')
        FunctionPointer pointer = call(second, 'theirs')

        expect:
        pointer.is(call(first, 'mine'))
        pointer.functionName() == 'pressed'
        pointer.line() == 3
    }

    def "a block of code is a pointer with a name and its variables"() {
        given:
        def script = load('''\
            static Object adder(int n) {
                handler_t h = { int irq, Object data -> add(irq, n) }
                return h
            }''')
        FunctionPointer block = call(script, 'adder', 4)

        expect:
        block.handle(3, null) == 7
        block.functionName() == '<lambda in adder>'
        script.functions().keySet() == ['adder'] as Set
    }

    def "accesses of what is shared are reported if asked for"() {
        given:
        compiler = new ScriptCompiler(TestKernel.api(), sites, CompileOptions.DEFAULT.withWeave(WEAVE.withAccesses(true)))
        def script = load('''\
            class button { int presses; long total; long[] history = new long[4] }
            long all = 0
            static long f(button b) {
                b.presses = 1
                b.total = 2
                b.history[3] = 7
                all += b.total
                return all + b.presses + b.history[3]
            }
            static button make() { return new button() }
            ''')

        expect:
        call(script, 'f', call(script, 'make')) == 10
        TestHooks.accessed() == [
            'write button.presses', 'write button.total', 'read button.history', 'write long[]3', 'read button_ko.all',
            'read button.total', 'write button_ko.all', 'read button_ko.all', 'read button.presses', 'read button.history',
            'read long[]3']
    }

    def "a wrong struct says so without an address"() {
        given:
        def script = load('''\
            class button { int n }
            class lamp { int n }
            static String f(Object o) {
                try { button b = o; return b.n } catch (ClassCastException e) { return e.getMessage() }
            }
            static Object lamp() { return new lamp() }'''.replace('return b.n', 'return "${b.n}"'))

        expect:
        call(script, 'f', call(script, 'lamp')) == 'class lamp cannot be cast to class button'
    }

    def "a driver that goes on for ever is ended: #text"() {
        given:
        def script = load(text)

        when:
        script.run()

        then:
        thrown(TestHooks.Kill)

        where:
        text << [
            'while (true) { }',
            'static void f() { f() }\nwhile (true) { try { f() } catch (Throwable t) { } }',
            'try { for (int i = 0; i >= 0; i = 0) { } } finally { while (true) { } }',
            'for (;;) { try { throw new RuntimeException() } catch (Exception e) { } }',
            "String s = 'x'\nwhile (true) { try { s = s + s } catch (Throwable t) { s = 'x' } }",
            'long[] a = new long[0x7fffffff]',
            'List<Object> l = []\nwhile (true) { l.add(new long[1000]) }',
            'class s { static int n = f() }\nstatic int f() { while (true) { }; return 1 }\ns.n = 1',
        ]
    }

    def "what a driver may not do is refused: #text"() {
        when:
        load(text)

        then:
        thrown(ScriptRejectedException)

        where:
        text << [
            'System.exit(0)',
            'java.lang.System.exit(0)',
            'Runtime.getRuntime().exec("ls")',
            'new File("/etc/passwd").text',
            '"ls".execute()',
            'Class.forName("java.lang.Runtime")',
            'String.class.getClassLoader()',
            'Object.getClass()',
            '"x".getClass()',
            'Object o = "x"\no.getClass()',
            'Object o = "x"\no.class',
            'Object o = "x"\no.notifyAll()',
            'Object o = "x"\no.hashCode()',
            'button_ko.class.getClassLoader()',
            'class s { void finalize() { } }',
            'class s { String toString() { return "x" } }',
            'class s extends Thread { }',
            'class s implements Runnable { void run() { } }',
            'Thread.sleep(1)',
            'Math.random()',
            'String.format("%d", 1)',
            '"x".repeat(100)',
            '"aaa".matches("(a*)*b")',
            '"x".intern()',
            'List<Integer> l = []\nl.hashCode()',
            'List<Integer> l = []\nl.stream()',
            'List<Integer> l = []\nl.toString()',
            'Map<String, Integer> m = [:]\nm.equals(m)',
            'StringBuilder b = new StringBuilder(1 << 30)',
            'StringBuilder b = new StringBuilder()\nb.setLength(1 << 30)',
            'secret()',
            'machine m = new machine()\nm.host()',
            'machine m = new machine()\nm.reset()',
            'machine m = new machine()\nm.runtime',
            'TestKernel.secret()',
            'dev.tophalf.runtime.script.TestKernel.secret()',
            'dev.tophalf.runtime.contract.Woven.tick(1)',
            '@Grab("x") int n',
            '@groovy.transform.ASTTest(value = { System.exit(1) }) class s { }',
            'import java.io.File\nint n',
            'package java.lang\nint n',
            'println "x"',
            'evaluate("1")',
            'this.metaClass',
            'getBinding()',
            'throw new Error("x")',
            'synchronized (this) { }',
            'assert false',
            'Closure c = { }',
            'def c = { -> 1 }.curry(1)',
            'new Object() { }',
            'enum e { A }\ne.valueOf("A")',
            'Integer.getInteger("x")',
            'int[] a = [1]\na.clone()',
            'int[] a = [1]\na.getClass()',
            'async { }',
        ]
    }
}
