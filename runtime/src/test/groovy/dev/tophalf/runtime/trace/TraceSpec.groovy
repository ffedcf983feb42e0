package dev.tophalf.runtime.trace

import dev.tophalf.runtime.bench.BenchKernel
import dev.tophalf.runtime.cpu.Cpu
import spock.lang.Specification

class TraceSpec extends Specification {
    def sites = new Sites()
    def cpu = new Cpu(1)
    def contract = new BenchKernel().api().contract('trivial')
    int site = sites.add(new Site('a.groovy', 7, 0, 'f', contract))

    private Call trivial(int argument) {
        new Call(sites.get(site), contract, [argument] as Object[])
    }

    def "a call is kept #how"() {
        given:
        def trace = new Trace(sites, keepsArguments)

        when:
        trace.addCall(1_204_000, cpu, site, trivial(42))

        then:
        trace.lines() == ["    0.001204 cpu1 process   $text".toString()]

        where:
        how                     | keepsArguments || text
        'with its arguments'    | true           || 'trivial(42)  a.groovy:7'
        'without its arguments' | false          || 'trivial()  a.groovy:7'
    }

    def "records and calls stand in the order of coming, however many there are"() {
        given:
        def trace = new Trace(sites, keepsArguments)

        when:
        1000.times {
            trace.add(it, cpu, new Switched("task/$it"))
            trace.addCall(it, cpu, site, trivial(it))
        }

        then:
        trace.count() == 2000
        trace.records().size() == 2000
        trace.lines()[0].endsWith('switch to task/0')
        trace.lines()[1998].endsWith('switch to task/999')
        trace.lines()[1999].endsWith(last)

        where:
        keepsArguments || last
        true           || 'trivial(999)  a.groovy:7'
        false          || 'trivial()  a.groovy:7'
    }

    def "the newest are kept when there are too many, and all are counted"() {
        given:
        def trace = new Trace(sites, false)

        when:
        70_000.times { trace.add(it, cpu, new Switched("task/$it")) }

        then:
        trace.count() == 70_000
        trace.records().size() == 65_536
        trace.records().first().text() == 'switch to task/4464'
        trace.records().last().text() == 'switch to task/69999'
    }

    def "a slot that had a record can have a call later"() {
        given:
        def trace = new Trace(sites, false)

        when:
        65_536.times { trace.add(it, cpu, new Switched('task')) }
        trace.addCall(70_000, cpu, site, trivial(1))

        then:
        trace.records().last().text() == 'trivial()  a.groovy:7'
    }
}
