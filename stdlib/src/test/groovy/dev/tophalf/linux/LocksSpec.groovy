package dev.tophalf.linux

class LocksSpec extends DriverSpecification {
    def "#mistake is reported as #rule"() {
        when:
        run body

        then:
        rules() == [rule]

        where:
        mistake                                  | body                                                                                  || rule
        'taking a spinlock twice'                | 'spin_lock(lock); spin_lock(lock)'                                                    || 'recursive-lock'
        'taking a mutex twice'                   | 'mutex_lock(m); mutex_lock(m)'                                                        || 'recursive-lock'
        'unlocking what is not held'             | 'spin_unlock(lock)'                                                                   || 'unlock-not-held'
        'unlocking a mutex that is not held'     | 'mutex_unlock(m)'                                                                     || 'unlock-not-held'
        'using a lock that was only zeroed'      | 'thing t = kzalloc(thing, GFP_KERNEL); spin_lock(t.lock); spin_unlock(t.lock); kfree(t)' || 'lock-not-initialised'
        'using a mutex that was only zeroed'     | 'thing t = kzalloc(thing, GFP_KERNEL); mutex_lock(t.m); mutex_unlock(t.m); kfree(t)'     || 'lock-not-initialised'
        'freeing twice'                          | 'thing t = kzalloc(thing, GFP_KERNEL); kfree(t); kfree(t)'                             || 'bad-free'
    }

    def "correct use earns nothing: #body"() {
        when:
        run body

        then:
        rules() == []

        where:
        body << [
                'spin_lock(lock); spin_unlock(lock); spin_lock(lock); spin_unlock(lock)',
                'thing t = kzalloc(thing, GFP_KERNEL); spin_lock_init(t.lock); spin_lock(t.lock); spin_unlock(t.lock); kfree(t)',
                'thing t = kzalloc(thing, GFP_KERNEL); mutex_init(t.m); mutex_lock(t.m); mutex_unlock(t.m); kfree(t)',
                'mutex_lock(m); spin_lock(lock); spin_unlock(lock); mutex_unlock(m)',
                'long a = spin_lock_irqsave(lock); long b = local_irq_save(); local_irq_restore(b); spin_unlock_irqrestore(lock, a)',
        ]
    }

    def "a handler that spins on a lock of the code it interrupted deadlocks, and the machine stops"() {
        when:
        load String.format(BUTTON, 'spin_lock(b.lock); spin_unlock(b.lock)', reader('spin_lock(b.lock)', 'spin_unlock(b.lock)'))
                .replace(ENABLE, CREATE)
        press()
        cat(FILE)

        then:
        rules() == ['irq-unsafe-lock']
        findings.first().message() == 'spin_lock() takes button.lock in hard irq context; elsewhere it is held with interrupts on'
        simulation.isStopped()
    }

    def "the same with interrupts off while the lock is held is right"() {
        when:
        load String.format(BUTTON, 'spin_lock(b.lock); spin_unlock(b.lock)',
                reader('long flags = spin_lock_irqsave(b.lock)', 'spin_unlock_irqrestore(b.lock, flags)')).replace(ENABLE, CREATE)
        press()
        cat(FILE)
        unload()

        then:
        rules() == ['leak-at-unload']
        simulation.irqs().lines().first().count() == 1
    }

    static final String FILE = '/sys/devices/platform/10001000.button/n'
    static final String ENABLE = 'writel(1, b.regs + 0x08)\n            return ret'
    static final String CREATE = 'return device_create_file(pdev.dev, dev_attr_n)'

    /** A reader that lets the pending interrupt in while it holds the lock. */
    private static String reader(String lock, String unlock) {
        """
            static ssize_t n_show(device dev, device_attribute attr, ptr buf) {
                button b = dev_get_drvdata(dev)
                $lock
                writel(1, b.regs + 0x08)
                pr_info('locked\\n')
                $unlock
                pr_info('unlocked\\n')
                return 0
            }
            DEVICE_ATTR_RO(n)"""
    }

    def "a task that waits for a mutex goes on when its owner gives it back"() {
        when:
        press('INIT_WORK(b.work, later); schedule_work(b.work)', '''
            static void later(work_struct w) {
                pr_info('wants\\n')
                mutex_lock(m)
                pr_info('has\\n')
                mutex_unlock(m)
            }
            static int holder() {
                mutex_lock(m)
                msleep(10)
                pr_info('gives\\n')
                mutex_unlock(m)
                return 0
            }''')

        then:
        dmesg().takeRight(2) == ['wants', 'has']
        rules() == []
    }

    def "interrupts wait while they are off, and come when they are on again"() {
        when:
        load String.format(BUTTON, 'pr_info("handler\\n")',
                reader('long flags = spin_lock_irqsave(b.lock)', 'spin_unlock_irqrestore(b.lock, flags)')).replace(ENABLE, CREATE)
        press()
        cat(FILE)

        then:
        dmesg().takeRight(3) == ['locked', 'handler', 'unlocked']
    }
}
