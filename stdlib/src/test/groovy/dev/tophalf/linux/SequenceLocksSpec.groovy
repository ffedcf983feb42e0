package dev.tophalf.linux

class SequenceLocksSpec extends DriverSpecification {
    static final String BESIDE = '''
        DEFINE_SEQLOCK(seq)
        DEFINE_SPINLOCK(lock)
        DEFINE_SEMAPHORE(sem, 1)
        DEFINE_SEMAPHORE(none, 0)
        seqcount_t count
        semaphore raw_sem
        task_struct t
        irq_work hard
        long x
        long y'''

    void begin(String body, String beside = '') {
        load("MODULE_LICENSE('GPL')\n${BESIDE.stripIndent()}\n$beside\nstatic int start() {\nseqcount_init(count)\n$body\nreturn 0\n}\nmodule_init(start)\n")
    }

    def "#mistake is reported as #rule"() {
        when:
        begin(body, beside)

        then:
        rules() == [rule]

        where:
        mistake                                  | body                                                                            | beside || rule
        'a writer who can be preempted'          | 'write_seqcount_begin(count); write_seqcount_end(count)'                        | ''     || 'seqlock-writer-unprotected'
        'a writer in a writer'                   | 'preempt_disable(); write_seqcount_begin(count); write_seqcount_begin(count); write_seqcount_end(count); write_seqcount_end(count); preempt_enable()' | '' || 'recursive-lock'
        'ending what was not begun'              | 'preempt_disable(); write_seqcount_end(count); preempt_enable()'                | ''     || 'unlock-not-held'
        'a semaphore that is only zeroed'        | 'up(raw_sem)'                                                                   | ''     || 'lock-not-initialised'
        'a reader in an irq that may interrupt a writer' | 'init_irq_work(hard, read); write_seqlock(seq); write_sequnlock(seq); irq_work_queue(hard); irq_work_sync(hard)' |
                'static void read(irq_work w) { int s; do { s = read_seqbegin(seq) } while (read_seqretry(seq, s)) }'                    || 'irq-unsafe-lock'
    }

    def "correct use earns nothing: #body"() {
        when:
        begin(body, 'static void read(irq_work w) { int s; do { s = read_seqbegin(seq) } while (read_seqretry(seq, s)) }\n' +
                'static void write(irq_work w) { write_seqlock(seq); write_sequnlock(seq) }')

        then:
        rules() == []

        where:
        body << [
                'int s; do { s = read_seqbegin(seq) } while (read_seqretry(seq, s))',
                'write_seqlock(seq); x++; write_sequnlock(seq); write_seqlock_bh(seq); write_sequnlock_bh(seq)',
                'init_irq_work(hard, read); long f = write_seqlock_irqsave(seq); write_sequnlock_irqrestore(seq, f); irq_work_queue(hard); irq_work_sync(hard)',
                // a reader is interrupted by a writer, and reads again
                'init_irq_work(hard, write); int s; do { s = read_seqbegin(seq) } while (read_seqretry(seq, s)); irq_work_queue(hard); irq_work_sync(hard)',
                'spin_lock(lock); write_seqcount_begin(count); x++; write_seqcount_end(count); spin_unlock(lock); int s; do { s = read_seqcount_begin(count) } while (read_seqcount_retry(count, s))',
                'down(sem); up(sem); if (down_trylock(sem) == 0) up(sem); if (down_interruptible(sem) == 0) up(sem); if (down_killable(sem) == 0) up(sem)',
        ]
    }

    def "a reader sees that somebody has written meanwhile"() {
        when:
        begin('''int s = read_seqbegin(seq)
                 pr_info('%d\\n', read_seqretry(seq, s))
                 write_seqlock(seq)
                 write_sequnlock(seq)
                 pr_info('%d\\n', read_seqretry(seq, s))''')

        then:
        dmesg().takeRight(2) == ['0', '1']
    }

    def "a semaphore counts, and hands over to who waits"() {
        when:
        begin('''pr_info('%d %d\\n', down_trylock(sem), down_trylock(sem))
                 t = kthread_run(wait, t, 'waiter')
                 msleep(1)
                 pr_info('up\\n')
                 up(none)
                 pr_info('taken %d\\n', down_trylock(none))
                 msleep(1)
                 pr_info('late %d\\n', down_timeout(none, 2))''', "static int wait(Object data) { down(none); pr_info('got it\\n'); return 0 }")

        then:
        dmesg().takeRight(5) == ['0 1', 'up', 'taken 1', 'got it', 'late -62']
        rules() == []
    }
}
