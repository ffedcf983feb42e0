package dev.tophalf.samples

import dev.tophalf.shell.run.RunPlan
import dev.tophalf.shell.run.Runner
import groovy.io.FileType
import java.nio.file.Path
import java.util.regex.Pattern
import spock.lang.Specification

/** Every sample driver earns exactly the findings that it announces with {@code // expect: rule}, on those lines. */
class DriversSpec extends Specification {
    static final Pattern EXPECTED = ~/\/\/ expect: ([a-z-]+)\s*$/

    static List<String> drivers() {
        List<String> found = []
        new File('drivers').eachFileRecurse(FileType.FILES) { file ->
            if (file.name.endsWith('.groovy') && !file.name.endsWith('.scenario.groovy')) {
                found << file.path
            }
        }
        found.sort()
    }

    private static List<String> announced(String driver) {
        List<String> marks = []
        new File(driver).eachLine { line, number ->
            def mark = EXPECTED.matcher(line)
            if (mark.find()) {
                marks << "$number: ${mark.group(1)}".toString()
            }
        }
        marks
    }

    def "#driver earns what it announces"() {
        when:
        def result = Runner.run(plan(driver))

        then:
        result.diagnostics()*.toString() == []
        result.findings().collect { "${it.site().line()}: ${it.rule()}".toString() }.sort() == announced(driver).sort()
        result.findings().every { it.site().file() == driver }

        where:
        driver << drivers()
    }

    def "every wrong driver names its repair, which earns nothing"() {
        expect:
        def right = new File(driver).readLines().findResult { (it =~ /\* Right: +(\S+)/).with { find() ? group(1) : null } }
        right != null
        announced(new File(new File(driver).parentFile, right).path) == []

        where:
        driver << drivers().findAll { announced(it) || new File(it).text.contains('// explore: ') }
    }

    def "the same run gives the same trace, byte for byte: #driver"() {
        expect:
        trace(driver) == trace(driver)

        where:
        driver << drivers()
    }

    private static String trace(String driver) {
        Runner.run(plan(driver)).trace().lines().join('\n')
    }

    /** On the machine that the driver's own instructions name. */
    private static RunPlan plan(String driver) {
        def machine = new File(driver).text =~ /--machine samples\/(\S+)/
        new RunPlan([Path.of(driver)], machine.find() ? Path.of(machine.group(1)) : null, null, 7, 2, [])
    }
}
