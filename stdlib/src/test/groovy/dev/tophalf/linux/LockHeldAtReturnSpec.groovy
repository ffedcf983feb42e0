package dev.tophalf.linux

class LockHeldAtReturnSpec extends DriverSpecification {
    def "a module function that returns with #what is reported"() {
        when:
        run body

        then:
        rules() == ['lock-held-at-return']
        findings.first().message().endsWith(message)

        where:
        what                        | body                            || message
        'a spinlock held'           | 'spin_lock(lock)'               || 'returns with lock held'
        'a spinlock, irqs off'      | 'spin_lock_irqsave(lock)'       || 'returns with lock held'
        'a mutex held'              | 'mutex_lock(m)'                 || 'returns with m held'
        'interrupts off'            | 'local_irq_disable()'           || 'returns with interrupts off'
    }

    def "a module function that gives back what it took is not reported: #body"() {
        when:
        run body

        then:
        rules() == []

        where:
        body << [
                'spin_lock(lock); spin_unlock(lock)',
                'long flags = spin_lock_irqsave(lock); spin_unlock_irqrestore(lock, flags)',
                'spin_lock_irq(lock); spin_unlock_irq(lock)',
                'mutex_lock(m); mutex_unlock(m)',
                'if (mutex_trylock(m)) mutex_unlock(m)',
                'long flags = local_irq_save(); local_irq_restore(flags)',
                'local_irq_disable(); local_irq_enable()',
        ]
    }

    def "a handler that returns with a lock held is reported once, and the lock is open again"() {
        when:
        press('spin_lock(b.lock)')
        press()

        then:
        rules() == ['lock-held-at-return']
        findings.first().message() == 'irq handler handler() returns with button.lock held'
    }

    def "a function of the driver may return to the driver with a lock held"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            DEFINE_SPINLOCK(lock)
            static void take() { spin_lock(lock) }
            static void give() { spin_unlock(lock) }
            static int start() { take(); give(); return 0 }
            static void stop() { }
            module_init(start)
            module_exit(stop)'''

        then:
        rules() == []
    }
}
