package dev.tophalf.linux

class CompletionSpec extends DriverSpecification {

    private void driver(String start, String fire = 'complete(b.done)') {
        load String.format(WaitSpec.DRIVER, start, fire)
    }

    private List<String> said() {
        dmesg().drop(1)*.trim()
    }

    def "#wait sleeps until somebody completes"() {
        when:
        driver("${result ? 'ret = ' : ''}$wait; b.ready = completion_done(b.done)", fire)

        then:
        said() == ["ret ${result ?: 7} after 5 ready $done looks 0"]
        rules() == []

        where:
        wait                                                    | fire                   || result | done
        'wait_for_completion(b.done)'                           | 'complete(b.done)'     || ''     | 0
        'wait_for_completion(b.done)'                           | 'complete_all(b.done)' || ''     | 1
        'wait_for_completion_io(b.done)'                        | 'complete(b.done)'     || ''     | 0
        'wait_for_completion_interruptible(b.done)'             | 'complete(b.done)'     || '0'    | 0
        'wait_for_completion_killable(b.done)'                  | 'complete(b.done)'     || '0'    | 0
        'wait_for_completion_timeout(b.done, 50)'               | 'complete(b.done)'     || '45'   | 0
        'wait_for_completion_io_timeout(b.done, 50)'            | 'complete(b.done)'     || '45'   | 0
        'wait_for_completion_interruptible_timeout(b.done, 50)' | 'complete(b.done)'     || '45'   | 0
        'wait_for_completion_killable_timeout(b.done, 5)'       | 'complete(b.done)'     || '1'    | 0
        'wait_for_completion_timeout(b.done, 50)'               | 'complete(b.done); complete(b.done)' || '45' | 1
    }

    def "a wait with a time-out returns 0 when the time is over"() {
        when:
        driver('ret = wait_for_completion_timeout(b.done, 3)')

        then:
        said() == ['ret 0 after 3 ready 0 looks 0']
        rules() == []
    }

    def "every complete() lets one wait end, complete_all() all of them: #code"() {
        when:
        driver(code)

        then:
        said() == ["ret $ret after 0 ready 0 looks 0"]
        rules() == []

        where:
        code                                                                                             || ret
        'complete(b.done); wait_for_completion(b.done); ret = completion_done(b.done)'                   || 0
        'complete(b.done); complete(b.done); wait_for_completion(b.done); ret = completion_done(b.done)' || 1
        'complete_all(b.done); wait_for_completion(b.done); ret = completion_done(b.done)'               || 1
        'complete_all(b.done); complete(b.done); reinit_completion(b.done); ret = completion_done(b.done)' || 0
        'ret = try_wait_for_completion(b.done)'                                                          || 0
        'complete(b.done); ret = try_wait_for_completion(b.done) + try_wait_for_completion(b.done)'      || 1
        'complete(b.done); ret = wait_for_completion_timeout(b.done, 0)'                                 || 1
        'DECLARE_COMPLETION_ONSTACK(c); complete(c); wait_for_completion(c); ret = c.done'               || 0
        'complete(finished); ret = wait_for_completion_timeout(finished, 50)'                            || 50
    }

    def "an interrupt may complete, and a lock may be held then"() {
        when:
        press('complete(done)', '''
            DECLARE_COMPLETION(done)
            static int wait(int ticks) { return wait_for_completion_timeout(done, ticks) }''')

        then:
        call('wait', 10) == 10
        call('wait', 10) == 0
        rules() == []
    }

    def "waiting with a spinlock held is reported"() {
        when:
        driver('spin_lock(b.lock); ret = wait_for_completion_timeout(b.done, 50); spin_unlock(b.lock)')

        then:
        rules() == ['sleep-in-atomic']
    }

    def "completing a local variable of a function that #has is #verdict"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            Object pending
            static void fire(timer_list t) { if (pending) complete(pending) }
            DEFINE_TIMER(timer, fire)
            static long transfer(long ticks) {
                DECLARE_COMPLETION_ONSTACK(done)
                pending = done
                mod_timer(timer, jiffies + 5)
                long left = wait_for_completion_timeout(done, ticks)
                $after
                return left
            }
            static int start() {
                pr_info('%ld\\n', transfer($ticks))
                msleep(100)
                return 0
            }
            module_init(start)"""

        then:
        said() == ["$left"] + (rules.empty ? [] : ['BUG: KASAN: stack-out-of-bounds'])
        this.rules() == rules

        where:
        has                      | ticks | after                       || left | rules
        'waits'                  | 50    | ''                          || 45   | []
        'has returned'           | 2     | ''                          || 0    | ['use-after-return']
        'has ended the transfer' | 2     | 'timer_delete_sync(timer)'  || 0    | []
        'has told nobody'        | 2     | 'pending = null'            || 0    | []
        verdict = rules ? 'reported' : 'fine'
    }
}
