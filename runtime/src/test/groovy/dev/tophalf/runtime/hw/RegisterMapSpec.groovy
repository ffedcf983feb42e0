package dev.tophalf.runtime.hw

import spock.lang.Specification

class RegisterMapSpec extends Specification {
    int written
    def registers = new RegisterMap()
            .register(0, 'CONTROL', 0x0f, 0xff, { written = it })
            .register(4, 'STATUS', 1, 0, { })

    def "a write stores the writable bits and passes on all of them"() {
        when:
        registers.write(0, 0x1234)

        then:
        registers.read(0) == 0x34
        written == 0x1234
    }

    def "a read-only register keeps its value"() {
        when:
        registers.write(4, 0xff)

        then:
        registers.read(4) == 1
    }

    def "only another value counts as a change"() {
        when:
        registers.write(0, 0x0f)
        registers.set(4, 1)

        then:
        registers.changes() == 0

        when:
        registers.set(4, 2)

        then:
        registers.changes() == 1
    }

    def "a missing register is named"() {
        when:
        registers.read(8)

        then:
        def refusal = thrown(IllegalArgumentException)
        refusal.message == 'no register at 0x08'
    }
}
