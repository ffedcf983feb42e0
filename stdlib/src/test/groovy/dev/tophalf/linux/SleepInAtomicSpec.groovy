package dev.tophalf.linux

class SleepInAtomicSpec extends DriverSpecification {
    def "#call #verdict while a spinlock is held"() {
        when:
        run "spin_lock(lock); $call; spin_unlock(lock)"

        then:
        rules() == expected

        where:
        call                                        || expected
        'msleep(1)'                                 || ['sleep-in-atomic']
        'ssleep(1)'                                 || ['sleep-in-atomic']
        'usleep_range(10, 20)'                      || ['sleep-in-atomic']
        'mutex_lock(m); mutex_unlock(m)'            || ['sleep-in-atomic']
        'kfree(kmalloc(8, GFP_KERNEL))'             || ['sleep-in-atomic']
        'kfree(kzalloc(thing, GFP_KERNEL))'         || ['sleep-in-atomic']
        'kfree(kzalloc(thing, GFP_NOIO))'           || ['sleep-in-atomic']
        'kfree(kzalloc(thing, GFP_ATOMIC))'         || []
        'kfree(kzalloc(thing, GFP_NOWAIT))'         || []
        'udelay(10)'                                || []
        'mdelay(1)'                                 || []
        'pr_info("hello")'                          || []
        verdict = expected ? 'is reported' : 'is allowed'
    }

    def "#call #verdict with interrupts off"() {
        when:
        run "local_irq_disable(); $call; local_irq_enable()"

        then:
        rules() == expected

        where:
        call                                || expected
        'msleep(1)'                         || ['sleep-in-atomic']
        'kfree(kmalloc(8, GFP_KERNEL))'     || ['sleep-in-atomic']
        'kfree(kmalloc(8, GFP_ATOMIC))'     || []
        'udelay(10)'                        || []
        verdict = expected ? 'is reported' : 'is allowed'
    }

    def "#call #verdict in a hard irq handler"() {
        when:
        press(call)

        then:
        rules() == expected

        where:
        call                                        || expected
        'msleep(1)'                                 || ['sleep-in-atomic']
        'mutex_lock(m); mutex_unlock(m)'            || ['mutex-in-interrupt', 'mutex-in-interrupt']
        'kfree(kmalloc(8, GFP_KERNEL))'             || ['sleep-in-atomic']
        'kfree(kmalloc(8, GFP_ATOMIC))'             || []
        'spin_lock(b.lock); spin_unlock(b.lock)'    || []
        'udelay(10)'                                || []
        verdict = expected ? 'is reported' : 'is allowed'
    }

    def "#call is allowed in process context"() {
        when:
        run call

        then:
        rules() == []

        where:
        call << ['msleep(1)', 'mutex_lock(m); msleep(1); mutex_unlock(m)', 'kfree(kmalloc(8, GFP_KERNEL))']
    }

    def "sleeping is allowed in a #where"() {
        when:
        press(handler, function)

        then:
        rules() == []
        dmesg().last() == 'awake'

        where:
        where        | handler                                          | function
        'work item'  | 'INIT_WORK(b.work, later); schedule_work(b.work)' | 'static void later(work_struct w) { msleep(5); pr_info("awake\\n") }'
    }

    def "the finding says where, in which context and what is held"() {
        when:
        run """spin_lock(lock)
               msleep(10)
               spin_unlock(lock)"""
        def finding = findings.first()

        then:
        finding.headline() == 'sleep-in-atomic: msleep() sleeps in atomic context: a spinlock is held'
        finding.site().file() == 'driver.groovy'
        finding.excerpt() == 'msleep(10)'
        finding.call() == 'msleep'
        finding.context().kind().word() == 'atomic'
        finding.context().preemptCount() == 1
        finding.context().held()*.lock()*.lockName() == ['lock']
        finding.context().held()*.takenAt()*.line() == [finding.site().line() - 1]
        finding.linux() == 'BUG: scheduling while atomic'
    }

    def "the same line is reported once, however often it runs"() {
        when:
        run 'for (int i = 0; i < 3; i++) { spin_lock(lock); msleep(1); spin_unlock(lock) }'

        then:
        rules() == ['sleep-in-atomic']
    }
}
