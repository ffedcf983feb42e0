package dev.tophalf.shell.repl

import dev.tophalf.runtime.script.ScriptRejectedException
import dev.tophalf.runtime.script.ScriptSource
import dev.tophalf.shell.repl.text.Pages
import dev.tophalf.shell.run.Machines
import dev.tophalf.shell.world.World
import spock.lang.Specification

/** The page that teaches the language does what it says: its drivers run, its mistakes are told. */
class DialectPageSpec extends Specification {
    static final LINES = Pages.lines('dialect')

    /** The drivers of the page, each under the heading that it stands under. */
    static Map<String, String> drivers() {
        def drivers = [:].withDefault { '' }
        def heading = ''
        LINES.each { line ->
            if (line =~ /^\S/) {
                heading = line
            } else if (line.startsWith('    ') || (line.empty && drivers.containsKey(heading))) {
                drivers[heading] += line + '\n'
            } else if (drivers.containsKey(heading)) {
                heading += ' (continued)'
            }
        }
        return drivers
    }

    static List<String> marks(String driver, String mark) {
        driver.readLines().findResults { (it =~ /\/\/ $mark:? (.*)/).with { found -> found ? found[0][1] : null } }
    }

    def "the page has drivers, and lines that fit a terminal"() {
        expect:
        drivers().size() >= 8
        LINES.every { it.length() <= 100 && it == it.stripTrailing() }
    }

    def "what stands under #heading is true"() {
        given:
        def world = World.boot(Machines.lab())
        def errors = []

        when:
        try {
            world.insmod(new ScriptSource('page.groovy', driver))
            if (driver.contains('module_exit')) {
                world.rmmod('page')
            }
        } catch (ScriptRejectedException e) {
            errors = e.diagnostics()*.toString()
        }

        then:
        errors.size() == marks(driver, 'error').size()
        [errors, marks(driver, 'error')].transpose().every { actual, said -> actual.contains(said) }
        def printed = world.dmesg()*.text()
        marks(driver, 'prints').every { said -> printed.contains(said) }
        world.findings()*.headline() == []

        cleanup:
        world.close()

        where:
        [heading, driver] << drivers().collect { [it.key, it.value] }
    }
}
