package dev.tophalf.runtime.script

import dev.tophalf.runtime.script.weave.WeaveOptions
import dev.tophalf.runtime.trace.Sites
import java.time.Duration
import spock.lang.Specification

class ScriptCompilerSpec extends Specification {
    static final OPTIONS = CompileOptions.DEFAULT.withWeave(WeaveOptions.DEFAULT.withHooks(TestHooks.NAME))

    def compiler = compiler({ source, scope -> new FrontEnd.Output('test_ko', GroovyCompiler.compile(source.text())) })

    def setup() {
        TestHooks.reset(100_000)
        TestKernel.LOG.clear()
    }

    static ScriptCompiler compiler(FrontEnd frontEnd, CompileOptions options = OPTIONS) {
        new ScriptCompiler(TestKernel.api(), new Sites(), options, frontEnd)
    }

    static ScriptSource source(String text) {
        new ScriptSource('test.groovy', text)
    }

    def "a script is compiled, loaded and run"() {
        given:
        def script = compiler.compile(source('poke(); return add(40, 2)'), Scope.EMPTY).load()

        expect:
        TestKernel.LOG.empty
        script.run() == 42
        TestKernel.LOG == ['poke']
        TestHooks.arguments() == [[], [40, 2]]
    }

    def "each load has file-scope variables of its own"() {
        given:
        def compiled = compiler.compile(source('class counter { static int n }\nreturn counter.n'), Scope.EMPTY)

        expect:
        compiled.load().type('counter') != compiled.load().type('counter')
    }

    def "what a script declares is found by name, and later lines see it"() {
        given:
        def first = compiler.compile(source('class point { int x }\nstatic int twice(int n) { return 2 * n }'), Scope.EMPTY).load()

        expect:
        first.types().keySet() == ['point'] as Set
        first.functions().keySet() == ['twice'] as Set
        first.function('twice')[0].invoke(null, 4) == 8
        first.type('point').classLoader == first.scriptClass().classLoader
        first.names() == ['twice', 'point']
    }

    def "a rejected script says why, and nothing of it has run"() {
        when:
        compiler.compile(source('class s { static { System.exit(0) } }\npoke()'), Scope.EMPTY)

        then:
        def e = thrown(ScriptRejectedException)
        e.diagnostics()*.toString() == ['test.groovy:1: java.lang.System.exit() is not available to drivers; the kernel has time and a log of its own']
        TestKernel.LOG.empty
    }

    def "the same text is compiled once"() {
        given:
        int compiles = 0
        def counting = compiler { source, scope ->
            compiles++
            new FrontEnd.Output('test_ko', GroovyCompiler.compile(source.text()))
        }

        expect:
        counting.compile(source('poke()'), Scope.EMPTY).is(counting.compile(source('poke()'), Scope.EMPTY))
        compiles == 1
    }

    def "a compile that runs away ends in a diagnostic"() {
        given:
        def slow = compiler({ source, scope -> Thread.sleep(60_000) }, OPTIONS.withDeadline(Duration.ofMillis(50)))

        when:
        slow.compile(source(''), Scope.EMPTY)

        then:
        def e = thrown(ScriptRejectedException)
        e.message == 'test.groovy: takes longer than 50 ms to compile'
    }

    def "a source that makes #part run away is stopped, and its thread is gone: #text.length() letters"() {
        given:
        def dialect = new ScriptCompiler(TestKernel.api(), new Sites(), OPTIONS.withDeadline(Duration.ofMillis(300)))

        when:
        dialect.compile(new ScriptSource('runaway.groovy', text), Scope.EMPTY)

        then:
        def e = thrown(ScriptRejectedException)
        e.message == 'runaway.groovy: takes longer than 300 ms to compile'
        !Thread.allStackTraces.keySet().any { it.name == 'compile runaway.groovy' }

        where:
        part          | text
        'the parser'  | 'int x = 1' + ' + 1 * 2 - f(3)' * 2000
        'the lexer'   | 'x = ' + '$/a' * 300_000
        'the scan'    | 'x = 1; ' * 140_000
        'the dialect' | (0..<15_000).collect { "static int f$it(int n) { return n ? f${it + 1}(n - 1) : 0 }\n" }.join()
    }

    def "a source that is too long is refused before anything reads it"() {
        given:
        def dialect = new ScriptCompiler(TestKernel.api(), new Sites(), OPTIONS.withSourceChars(10))

        when:
        dialect.compile(source('x' * 11), Scope.EMPTY)

        then:
        def e = thrown(ScriptRejectedException)
        e.message == 'test.groovy: the file has 11 characters; 10 are allowed'

        when:
        dialect.compile(source('int x = 11'), Scope.EMPTY)

        then:
        noExceptionThrown()
    }

    def "a compile that exhausts its stack ends in a diagnostic"() {
        given:
        Closure deep
        deep = { deep() }

        when:
        compiler({ source, scope -> deep() }).compile(source(''), Scope.EMPTY)

        then:
        def e = thrown(ScriptRejectedException)
        e.message == 'test.groovy: is nested too deeply to compile'
    }

    def "a function too large to weave ends in a diagnostic"() {
        when:
        compiler.compile(source('static void f() {\n' + 'poke(); ' * 9000 + '\n}'), Scope.EMPTY)

        then:
        def e = thrown(ScriptRejectedException)
        e.message == 'test.groovy: f() is too large'
    }

    def "an endless top level is ended by its budget"() {
        given:
        def script = compiler.compile(source('while (true) { }'), Scope.EMPTY).load()

        when:
        script.run()

        then:
        thrown(TestHooks.Kill)
    }

    def "a static initialiser is driver code as well: #text"() {
        given:
        def script = compiler.compile(source("class s { static int n; static { while (true) { n++ } } }\n$text"), Scope.EMPTY).load()

        when:
        script.run()

        then:
        thrown(TestHooks.Kill)

        where:
        text << ['return s.n', 'try { s.n = 1 } catch (Throwable t) { }']
    }
}
