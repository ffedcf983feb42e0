package dev.tophalf.linux

class HardirqTooLongSpec extends DriverSpecification {
    def "a handler that #does #verdict"() {
        when:
        press(body)

        then:
        rules() == expected

        where:
        does                          | body                                                    || expected
        'spins for 2 ms'              | 'mdelay(2)'                                             || ['hardirq-too-long']
        'spins for 100 us'            | 'udelay(100)'                                           || []
        'spins for 1 ms in turns'     | 'for (int i = 0; i < 11; i++) udelay(100)'              || ['hardirq-too-long']
        'loops for 200,000 turns'     | 'for (int i = 0; i < 200000; i++) { b.presses++ }'      || ['hardirq-too-long']
        'loops for 1,000 turns'       | 'for (int i = 0; i < 1000; i++) { b.presses++ }'        || []
        verdict = expected ? 'is reported' : 'is not reported'
    }

    def "short handlers do not add up"() {
        when:
        press('udelay(600)')
        press()
        press()

        then:
        rules() == []
    }
}
