package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class SampleDriverSpec extends Specification {

    static final String DRIVER = SampleDriverSpec.getResource('button.groovy').text

    def "the sample driver does what it says"() {
        when:
        StandInKernel.takeLog()
        Scripts.eval(DRIVER)

        then:
        StandInKernel.takeLog() == [
                'pdev0: probed at jiffies 4711',
                'probe acme-button: 0',
                'dev0: pressed 1 times, pid 42',
                'irq 1',
                'dev0: pressed 2 times, pid 42',
                'irq 1',
                'dev0: pressed 3 times, pid 42',
                'irq 1',
                'sysfs 3',
                'sysfs 44',
                'store level 2',
                'sysfs 17',
                'irq 7',
        ]
    }

    def "what compiled scripts refer to outside of themselves and the kernel is known"() {
        expect:
        References.external(Scripts.compile(DRIVER + References.EVERYTHING)) - References.KNOWN == [] as SortedSet
    }

    def "the only dynamic call sites are function pointers"() {
        expect:
        References.bootstraps(Scripts.compile(DRIVER + References.EVERYTHING)) ==
                ['java/lang/invoke/LambdaMetafactory.metafactory'] as SortedSet
    }

    def "one compiler serves many threads"() {
        given:
        def results = Collections.synchronizedList([])

        when:
        def threads = (1..4).collect { n ->
            Thread.start {
                20.times {
                    results << Scripts.compile(DRIVER + "\nint extra$n = $n").variables()*.name().find { it.startsWith('extra') }
                }
            }
        }
        threads*.join()

        then:
        results.countBy { it } == (1..4).collectEntries { ["extra$it".toString(), 20] }
    }

    def "a driver compiles to the same bytes each time"() {
        expect:
        Scripts.compile(DRIVER).classes()*.bytes() == Scripts.compile(DRIVER).classes()*.bytes()
    }

    def "line numbers of calls and stores are the driver's"() {
        when:
        Scripts.load('''static int f(device d) {
            int n =
                d.name.length()
            return n
        }''').call('f', [null] as Object[])

        then:
        def e = thrown(NullPointerException)
        e.stackTrace[0].fileName == 'test.groovy'
        e.stackTrace[0].lineNumber == 3
    }
}
