package dev.tophalf.linux

class BottomHalfSpec extends DriverSpecification {
    def "#where in_softirq() says #inSoftirq and in_serving_softirq() says #serving"() {
        when:
        run "$before; pr_info('%d %d %x\\n', in_softirq(), in_serving_softirq(), preempt_count()); $after"

        then:
        dmesg().last() == "${inSoftirq ? 1 : 0} ${serving ? 1 : 0} ${count}"
        rules() == []

        where:
        where                       | before                                   | after                                  || inSoftirq | serving | count
        'in process context'        | ''                                       | ''                                     || false     | false   | '0'
        'with bottom halves off'    | 'local_bh_disable()'                     | 'local_bh_enable()'                    || true      | false   | '200'
        'with them off twice'       | 'local_bh_disable(); local_bh_disable()' | 'local_bh_enable(); local_bh_enable()' || true      | false   | '400'
        'under spin_lock_bh()'      | 'spin_lock_bh(lock)'                     | 'spin_unlock_bh(lock)'                 || true      | false   | '201'
    }

    def "a softirq that #enable lets in runs with preemption off, as in Linux"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            DEFINE_SPINLOCK(lock)
            DECLARE_TASKLET(soft, fire)
            static void fire(tasklet_struct t) { pr_info('%x\\n', preempt_count()) }
            static int start() {
                $disable
                tasklet_schedule(soft)
                $enable
                pr_info('%x\\n', preempt_count())
                return 0
            }
            module_init(start)"""

        then:
        dmesg().takeRight(2) == ['101', '0']
        rules() == []

        where:
        disable              | enable
        'local_bh_disable()' | 'local_bh_enable()'
        'spin_lock_bh(lock)' | 'spin_unlock_bh(lock)'
    }

    def "#mistake is reported as #expected"() {
        when:
        run body

        then:
        rules() == expected

        where:
        mistake                                      | body                                                            || expected
        'letting in what is not off'                 | 'local_bh_enable()'                                             || ['bh-enable-unbalanced']
        'spin_unlock_bh() after spin_lock()'         | 'spin_lock(lock); spin_unlock_bh(lock)'                         || ['bh-enable-unbalanced']
        'spin_unlock() after spin_lock_bh()'         | 'spin_lock_bh(lock); spin_unlock(lock)'                         || ['lock-held-at-return']
        'forgetting local_bh_enable()'               | 'local_bh_disable()'                                            || ['lock-held-at-return']
        'sleeping with bottom halves off'            | 'local_bh_disable(); msleep(1); local_bh_enable()'              || ['sleep-in-atomic']
        'sleeping under spin_lock_bh()'              | 'spin_lock_bh(lock); msleep(1); spin_unlock_bh(lock)'           || ['sleep-in-atomic']
        'local_bh_enable() with interrupts off'      | 'local_bh_disable(); local_irq_disable(); local_bh_enable(); local_irq_enable()' || ['wrong-context']
        'spin_lock_bh() with interrupts off'         | 'local_irq_disable(); spin_lock_bh(lock); local_irq_enable(); spin_unlock_bh(lock)' || ['wrong-context']
        'taking a lock twice'                        | 'spin_lock_bh(lock); spin_lock_bh(lock)'                        || ['recursive-lock']
    }

    def "#call is reported in a hard irq handler"() {
        when:
        press("$call; $undo")

        then:
        rules().every { it == 'wrong-context' }
        findings.first().call() + '()' == call.replaceAll(/\(.*/, '()')

        where:
        call                   | undo
        'local_bh_disable()'   | 'local_bh_enable()'
        'spin_lock_bh(b.lock)' | 'spin_unlock_bh(b.lock)'
    }

    def "who sleeps with bottom halves off is told so"() {
        when:
        run 'local_bh_disable(); msleep(1); local_bh_enable()'

        then:
        findings.first().message() == 'msleep() sleeps in atomic context: bottom halves are off'
        findings.first().advice() == 'call msleep() before local_bh_disable() or after local_bh_enable()'
    }
}
