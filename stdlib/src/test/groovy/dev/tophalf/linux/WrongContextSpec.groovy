package dev.tophalf.linux

class WrongContextSpec extends DriverSpecification {
    def "#call #verdict with interrupts off"() {
        when:
        run "local_irq_disable(); $call; local_irq_enable()"

        then:
        rules() == expected

        where:
        call                                                  || expected
        'if (mutex_trylock(m)) mutex_unlock(m)'               || ['wrong-context', 'wrong-context']
        'spin_lock(lock); spin_unlock(lock)'                  || []
        'pr_info("off\\n")'                                   || []
        verdict = expected ? 'is reported' : 'is allowed'
    }

    def "#call is allowed where its contract says so"() {
        when:
        run call

        then:
        rules() == []

        where:
        call << [
                'if (mutex_trylock(m)) mutex_unlock(m)',
                'spin_lock(lock); if (mutex_trylock(m)) mutex_unlock(m); spin_unlock(lock)',
                'spin_lock_irq(lock); spin_unlock_irq(lock)',
        ]
    }

    def "a lock that turns interrupts on again is reported where they were off before"() {
        when:
        run 'local_irq_disable(); spin_lock_irq(lock); spin_unlock_irq(lock)'

        then:
        rules() == ['wrong-context', 'irq-flags-unbalanced']
        findings.first().call() == 'spin_lock_irq'
    }
}
