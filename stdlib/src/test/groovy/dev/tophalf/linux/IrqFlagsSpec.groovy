package dev.tophalf.linux

class IrqFlagsSpec extends DriverSpecification {
    private void driver(String body, String beside) {
        load("""
            MODULE_LICENSE('GPL')
            DEFINE_SPINLOCK(lock)
            DEFINE_SPINLOCK(inner)
            $beside
            static int start() {
                $body
                return 0
            }
            static void stop() { }
            module_init(start)
            module_exit(stop)""")
    }

    def "#mistake is reported where interrupts come on: #statement"() {
        when:
        driver(body, HELPERS)

        then:
        rules().contains('irq-flags-unbalanced')
        findings.find { it.rule() == 'irq-flags-unbalanced' }.excerpt().contains(statement)

        where:
        mistake                                    | statement                         | body
        'enabling inside of a disabled section'    | 'local_irq_enable()'              | 'long f = local_irq_save(); local_irq_disable();\nlocal_irq_enable();\nlocal_irq_restore(f)'
        'disabling twice'                          | 'local_irq_enable() // first'     | 'local_irq_disable(); local_irq_disable();\nlocal_irq_enable() // first\nlocal_irq_enable()'
        'a helper that enables'                    | 'spin_unlock_irq(inner) // helper' | 'long f = spin_lock_irqsave(lock); helper(); spin_unlock_irqrestore(lock, f)'
        'restoring in the wrong order'             | 'local_irq_restore(a)'            | 'long a = local_irq_save(); long b = local_irq_save();\nlocal_irq_restore(a)\nlocal_irq_restore(b)'
        'restoring twice'                          | 'local_irq_restore(f) // again'   | 'long f = local_irq_save(); local_irq_restore(f)\nlocal_irq_restore(f) // again'
        'restoring what was never saved'           | 'spin_unlock_irqrestore'          | 'spin_lock(lock)\nspin_unlock_irqrestore(lock, 0x200)'
        'restoring in another function'            | 'local_irq_restore(f) // other'   | 'long f = local_irq_save()\ngiveBack(f)'
        'saving in another function'               | 'local_irq_restore(f)'            | 'long f = take()\nlocal_irq_restore(f)'
    }

    static final String HELPERS = """
        static void helper() {
            spin_lock_irq(inner)
            spin_unlock_irq(inner) // helper
        }
        static void giveBack(long f) {
            local_irq_restore(f) // other
        }
        static long take() { return local_irq_save() }
        static void saver() { long f = spin_lock_irqsave(inner); spin_unlock_irqrestore(inner, f) }"""

    def "balanced use earns nothing: #body"() {
        when:
        driver(body, HELPERS)

        then:
        rules() == []

        where:
        body << [
                'local_irq_disable(); local_irq_enable()',
                'long f = local_irq_save(); local_irq_restore(f)',
                'long a = local_irq_save(); long b = local_irq_save(); local_irq_restore(b); local_irq_restore(a)',
                'long f = spin_lock_irqsave(lock); saver(); spin_unlock_irqrestore(lock, f)',
                'local_irq_disable(); saver(); local_irq_enable()',
                'long f = spin_lock_irqsave(lock); spin_unlock(lock); local_irq_restore(f)',
                'long f = local_irq_save(); spin_lock(lock); spin_unlock_irqrestore(lock, f)',
                'spin_lock_irq(lock); spin_unlock(lock); local_irq_enable()',
                'for (int i = 0; i < 3; i++) { long f = local_irq_save(); if (i == 1) { local_irq_restore(f); continue }; local_irq_restore(f) }',
        ]
    }

    def "a handler may save and restore; what is off there stays off"() {
        when:
        press('long f = spin_lock_irqsave(b.lock); spin_unlock_irqrestore(b.lock, f); pr_info("%d\\n", irqs_disabled())')

        then:
        dmesg().last() == '1'
        rules() == []
    }

    def "a handler that enables interrupts is in the wrong context"() {
        when:
        press('local_irq_enable()')

        then:
        rules() == ['wrong-context']
    }

    def "interrupts that one function leaves off are not the next one's business"() {
        when:
        run 'local_irq_disable()'
        unload()
        run 'local_irq_disable(); local_irq_enable()'

        then:
        rules() == ['lock-held-at-return']
    }
}
