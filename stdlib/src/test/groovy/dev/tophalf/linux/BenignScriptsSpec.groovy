package dev.tophalf.linux

import dev.tophalf.runtime.script.Scope
import dev.tophalf.runtime.script.ScriptCompiler
import dev.tophalf.runtime.script.ScriptSource

/** What drivers and students ordinarily write is accepted, means what it says, and earns no finding. */
class BenignScriptsSpec extends DriverSpecification {
    /** Text and value of each script in {@code benign.txt}. */
    static List<List<String>> scripts() {
        def scripts = []
        def text = []
        BenignScriptsSpec.getResourceAsStream('benign.txt').readLines('UTF-8').drop(1).each { line ->
            if (line.startsWith('=> ')) {
                scripts << [text.join('\n').strip(), line.substring(3)]
                text = []
            } else if (!line.startsWith('== ')) {
                text << line
            }
        }
        scripts
    }

    def "#text gives #value"() {
        given:
        def source = new ScriptSource('driver.groovy', text)
        def compiled = new ScriptCompiler(LINUX.api(), sites).compile(source, Scope.EMPTY)
        simulation.addScript(source, compiled.classes()*.name())
        def script = compiled.load()
        Object result = 'killed'

        when:
        simulation.process('sh') { result = script.run() }

        then:
        String.valueOf(result) == value
        rules() == []

        where:
        [text, value] << scripts()
    }

    def "there are at least sixty of them"() {
        expect:
        scripts()*.get(0).toSet().size() >= 60
    }
}
