package dev.tophalf.shell.report

import static dev.tophalf.shell.report.SampleFindings.FAULT
import static dev.tophalf.shell.report.SampleFindings.INTERRUPT
import static dev.tophalf.shell.report.SampleFindings.TAKEN
import static dev.tophalf.shell.report.SampleFindings.frame
import static dev.tophalf.shell.report.SampleFindings.run
import static dev.tophalf.shell.report.SampleFindings.sleeps

import dev.tophalf.runtime.contract.ContextKind
import dev.tophalf.runtime.rule.ContextSnapshot
import dev.tophalf.runtime.rule.Finding.Related
import dev.tophalf.runtime.trace.Site
import dev.tophalf.shell.run.Outcome
import spock.lang.Specification

/** How findings and runs look as text. */
class TextReportSpec extends Specification {
    TextReport report = TextReport.plain()

    def "a finding is a headline and facts in a fixed order"() {
        expect:
        report.finding(sleeps(), 'tophalf run fifo.groovy --seed 7') == '''\
            sleep-in-atomic: msleep() sleeps in atomic context
              at     fifo.groovy:12    msleep(1)
              in     fifo_read(), process context on cpu0 with irqs off, at 1.204 ms
              held   fifo_lock, taken at fifo.groovy:10
              linux  BUG: scheduling while atomic
              why    Who holds a spinlock or serves an interrupt must not give up the CPU.
              try    release the lock before waiting, or spin with udelay() for microseconds
              again  tophalf run fifo.groovy --seed 7
            '''.stripIndent()
    }

    def "an interrupt shows what it interrupted, and related lines that no lock has named"() {
        given:
        def finding = sleeps(
                context: INTERRUPT,
                site: new Site('fifo.groovy', 20, 0, 'drain', null),
                related: [new Related(FAULT, 'called from here'), new Related(Site.NONE, 'seen twice')])

        expect:
        facts(finding) == [
            'at     fifo.groovy:20    msleep(1)',
            'in     drain() called from fifo_irq(), hard irq context on cpu1, at 1.204 ms',
            '       interrupted fifo_read(), process context of cat/101',
            'see    fifo.groovy:12    called from here',
            '       seen twice',
        ]
    }

    def "a related line that is where a held lock was taken is not said twice"() {
        expect:
        !report.finding(sleeps(related: [new Related(TAKEN, 'fifo_lock is taken here')]), '').contains('see')
    }

    def "facts that are not known are left out"() {
        given:
        def nobody = new ContextSnapshot(ContextKind.PROCESS, 0, false, 0, [], [])
        def finding = sleeps(context: nobody, site: Site.NONE, excerpt: '', linux: '', why: '', advice: '', timeNs: 0)

        expect:
        report.finding(finding, '') == '''\
            sleep-in-atomic: msleep() sleeps in atomic context
              in     the scenario, at 0 ns
            '''.stripIndent()
    }

    def "code that no driver function called shows who ran"() {
        given:
        def rmmod = new ContextSnapshot(ContextKind.PROCESS, 0, false, 0, [frame('process context', 'rmmod/7')], [])

        expect:
        facts(sleeps(context: rmmod))[1] == 'in     rmmod/7, process context on cpu0, at 1.204 ms'
    }

    def "an idle CPU is nothing that an interrupt interrupts"() {
        given:
        def frames = [frame('process context', 'swapper/0'), frame('hard irq context', 'irq 1', 'fifo_irq')]
        def idle = new ContextSnapshot(ContextKind.HARDIRQ, 0, true, 0x10000, frames, [])

        expect:
        !report.finding(sleeps(context: idle), '').contains('interrupted')
    }

    def "prose is broken at 100 columns, what is searched for is not"() {
        given:
        def words = (['word'] * 60).join(' ')
        def text = report.finding(sleeps(linux: words, why: words), words)

        expect:
        text.readLines().findAll { it.length() > 100 }*.trim()*.takeWhile { it != ' ' } == ['linux', 'again']
        text.count('word') == 180
    }

    def "the comment after a line is left out: #code"() {
        expect:
        facts(sleeps(excerpt: code))[0] == "at     fifo.groovy:12    $shown"

        where:
        code                              || shown
        'msleep(1) // long'               || 'msleep(1)'
        "pr_info('http://x') // say so"   || "pr_info('http://x')"
        "pr_info('a // b')"               || "pr_info('a // b')"
        '// nothing but a comment'        || '// nothing but a comment'
        "it's broken // here"             || "it's broken // here"
    }

    def "#ns ns is #words"() {
        expect:
        ContextWords.time(ns) == words

        where:
        ns              || words
        0               || '0 ns'
        999             || '999 ns'
        1_000           || '1.000 us'
        1_204_567       || '1.204 ms'
        999_999_999     || '999.999 ms'
        120_004_123_456 || '120.004 s'
    }

    def "a run is its kernel log, its findings and their number"() {
        expect:
        report.run(run()) == """\
[    0.000000] Linux
[    0.001204] fifo: "full"

${report.finding(sleeps(), 'tophalf run fifo.groovy --seed 7')}
1 finding
"""
    }

    def "the last line counts: #line"() {
        expect:
        report.run(run(findings: findings)).readLines().last() == line

        where:
        findings                 || line
        []                       || 'no findings'
        [sleeps()]               || '1 finding'
        [sleeps(), sleeps()]     || '2 findings'
    }

    def "a run that ended early says why"() {
        expect:
        report.run(run(findings: [], outcome: Outcome.STOPPED, reason: 'Kernel panic')).endsWith '''

            the run ended early: Kernel panic

            no findings
            '''.stripIndent()
    }

    def "colours are there only when they are asked for"() {
        given:
        def coloured = TextReport.coloured().finding(sleeps(), '')

        expect:
        !report.finding(sleeps(), '').contains('\033')
        coloured.startsWith('\033[1;31msleep-in-atomic\033[0m: ')
        coloured.replaceAll('\033\\[[0-9;]*m', '') == report.finding(sleeps(), '')
    }

    private List<String> facts(finding) {
        report.finding(finding, '').readLines().tail()*.substring(2).takeWhile { !it.startsWith('linux') }
    }
}
