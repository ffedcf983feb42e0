package dev.tophalf.shell

import dev.tophalf.runtime.sched.ContinuationCarrier
import tools.jackson.databind.ObjectMapper
import java.nio.file.Path

/** Many schedules from the command line, and one of them again. */
class ExploreSpec extends CommandLineSpec {
    private static final Path BUTTON = Path.of('..', 'samples', 'drivers', 'button', 'button.groovy')

    /** Reads a counter, is busy, and writes it: with two readers at once one of two turns can get lost. */
    static final String RACY = '''\
        class gate {
            int turns
            int total
        }
        gate g
        static ssize_t count_show(device dev, device_attribute attr, ptr buf) {
            int seen = g.turns
            udelay(1)
            g.turns = seen + 1
            g.total++
            if (g.turns != g.total) {
                spin_unlock(stray)
                g.turns = g.total
            }
            return sysfs_emit(buf, '%d\\n', g.turns)
        }
        DEVICE_ATTR_RO(count)
        static ssize_t again_show(device dev, device_attribute attr, ptr buf) { return count_show(dev, attr, buf) }
        DEVICE_ATTR_RO(again)
        DEFINE_SPINLOCK(stray)
        static int racy_probe(platform_device pdev) {
            g = devm_kzalloc(pdev.dev, gate, GFP_KERNEL)
            return g ? 0 : -ENOMEM
        }
        platform_driver racy = [
            probe : racy_probe,
            driver: [name: 'racy', of_match_table: ['acme,button'], dev_groups: [dev_attr_count, dev_attr_again]],
        ]
        module_platform_driver(racy)
        MODULE_LICENSE('GPL')
        '''.stripIndent()

    private List<String> again() {
        out.readLines().findAll { it.startsWith('  again') }*.replaceFirst('  again  ', '')
    }

    /** The words of a command line as a shell reads them, where nothing but the string after replay is quoted. */
    private static List<String> words(String line) {
        def parts = line.split("'")
        parts[0].split(' ').drop(1).toList() + [parts[1]]
    }

    def "a sample driver is right under every schedule, and most of them differ"() {
        when:
        def status = tophalf('explore', BUTTON, '--runs', 200)

        then:
        err == ''
        def counts = (out =~ /^200 runs, (\d+) different; no findings\n$/)
        counts.find()
        counts.group(1).toInteger() > 150
        status == 0
    }

    def "what a lone reader never sees is found, once, with how often and a way to see it again"() {
        given:
        def driver = file('racy.groovy', RACY)

        expect:
        tophalf('run', driver) == 0

        when:
        def status = tophalf('explore', driver, '--runs', 100, '--jobs', 2)

        then:
        status == 1
        out.contains('unlock-not-held: ')
        out =~ /  runs   \d+ of 100, first with seed \d+\n/
        out =~ /100 runs, \d+ different; 1 finding\n$/
        again().size() == 1

        when:
        def line = again()[0]
        def found = out
        tophalf('explore', driver, '--runs', 100, '--jobs', 1)

        then: "it does not depend on who ran what"
        out == found

        when:
        def replayed = tophalf(words(line) as Object[])

        then:
        replayed == 1
        err == ''
        again() == [line]

        when:
        def first = out
        tophalf((words(line) + ['--tasks', 'platform']) as Object[])

        then:
        out == first

        when:
        def other = ContinuationCarrier.available ? tophalf((words(line) + ['--tasks', 'continuation']) as Object[]) : 1

        then:
        other == 1
        out == first

        when: "the driver has changed"
        file('racy.groovy', RACY.replace('udelay(1)', 'udelay(1); barrier()'))
        def changed = tophalf(words(line) as Object[])

        then:
        changed == 2
        err =~ /^tophalf: not the run that this was printed by: it differs (between|after) .*has changed\n$/
    }

    def "JSON has what is found, each with its own run"() {
        given:
        def driver = file('racy.groovy', RACY)

        when:
        def status = tophalf('explore', driver, '--runs', 50, '--format', 'json')
        def json = new ObjectMapper().readValue(out, Map)

        then:
        status == 1
        json.runs == 50
        json.distinct > 30
        json.failing == json.findings[0].runs
        json.cut == 0
        json.findings*.rule == ['unlock-not-held']
        json.findings[0].replay.startsWith('tophalf replay ')
        json.findings[0].dmesg.size() > 0
    }

    def "preemption can be had everywhere"() {
        expect:
        tophalf('explore', BUTTON, '--runs', 30, '--boot', 'preempt=full', '--cpus', 1) == 0
        tophalf('explore', BUTTON, '--runs', 30, '--boot', 'preempt=none', '--cpus', 8) == 0
    }

    def "what cannot be is refused in one line: #words"() {
        given:
        def driver = file('quiet.groovy', QUIET)

        when:
        def status = tophalf(words.collect { it == 'DRIVER' ? driver : it } as Object[])

        then:
        status == 2
        out == ''
        err.readLines().size() == 1
        err.contains(part)

        where:
        words                                                  || part
        ['explore']                                            || 'SCRIPT'
        ['explore', 'DRIVER', '--runs', '0']                   || "'0' is not a number from 1 to 100000000"
        ['explore', 'DRIVER', '--runs', 'many']                || "'many' is not a number"
        ['explore', 'nowhere.groovy']                          || 'nowhere.groovy: no such file'
        ['explore', 'DRIVER', '--schedule', 'default']         || "unknown option '--schedule'"
        ['run', 'DRIVER', '--schedule', 'defualt']             || "'defualt' is no choice; a schedule is default, random, or what a run has printed"
        ['run', 'DRIVER', '--boot', 'preempt=half']            || '--boot preempt=half: takes none, voluntary, full'
        ['run', 'DRIVER', '--boot', 'prove_locking=yes']       || '--boot prove_locking=yes: takes 0, 1'
        ['run', 'DRIVER', '--tasks', 'green']                  || "'green' is neither platform nor continuation"
        ['replay']                                             || 'STRING'
        ['replay', "'open"]                                    || 'has an open quote'
        ['replay', '']                                         || 'SCRIPT'
        ['replay', 'DRIVER', '--jobs']                         || "unknown option '--jobs'"
    }
}
