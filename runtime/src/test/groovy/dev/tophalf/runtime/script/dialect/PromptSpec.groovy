package dev.tophalf.runtime.script.dialect

import dev.tophalf.runtime.script.Scope
import dev.tophalf.runtime.script.ScriptRejectedException
import dev.tophalf.runtime.script.ScriptSource
import spock.lang.Specification

class PromptSpec extends Specification {

    /** What earlier lines declared. */
    static class Lines implements Scope {
        final List<Class<?>> files = []
        ClassLoader loader = Scripts.classLoader

        def enter(String line) {
            def compiled = Scripts.compiler().compile(new ScriptSource("line${files.size()}", line), this)
            def loaded = Scripts.load(compiled, loader)
            def value = loaded.run()
            loader = loaded.loader()
            files.add(0, loaded.file())
            value
        }

        @Override
        java.lang.reflect.Field variable(String name) {
            files*.fields.flatten().find { it.name == name }
        }

        @Override
        List<java.lang.reflect.Method> function(String name) {
            files.collect { file -> file.methods.findAll { it.name == name && it.declaringClass == file && name != 'run' } }
                    .find { it } ?: []
        }

        @Override
        Class<?> type(String name) {
            try {
                name.contains('.') || !(name ==~ /[a-z_]+/) ? null : files ? Class.forName(name, false, loader) : null
            } catch (ClassNotFoundException ignored) {
                null
            }
        }

        @Override
        List<String> names() {
            files*.fields.flatten()*.name
        }
    }

    def "a line sees the variables, functions and structs of the lines before it"() {
        given:
        def lines = new Lines()

        expect:
        lines.enter('u8 n = 250') == null
        lines.enter('n + 1') == 251
        lines.enter('n = 7') == 7
        lines.enter('n') == 7
        lines.enter('static int twice(int x) { return x * 2 }') == null
        lines.enter('twice(n)') == 14
        lines.enter('class button { int irq; spinlock_t lock }') == null
        lines.enter('button b = [irq: 9]') == null
        lines.enter('b.irq + twice(1)') == 11
        lines.enter('button c = b; c == b') == true
        lines.enter('class wide extends button { int w = 3 }') == null
        lines.enter('new wide(irq: 4).irq + new wide().w') == 7
        lines.enter('static irqreturn_t h(int i, Object d) { return i }') == null
        lines.enter("request_irq(5, h, 0, 'x', null)") == 5
        lines.enter('String n = "again"') == null
        lines.enter('n') == 'again'
    }

    def "a misspelt name is compared with those of earlier lines"() {
        given:
        def lines = new Lines()
        lines.enter('int counter = 1')

        when:
        lines.enter('countre + 1')

        then:
        def e = thrown(ScriptRejectedException)
        e.message == "line1:1:1: 'countre' undeclared; did you mean 'counter'?"
    }
}
