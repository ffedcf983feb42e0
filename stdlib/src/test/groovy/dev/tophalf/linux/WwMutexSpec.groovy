package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.sched.RandomStrategy

class WwMutexSpec extends DriverSpecification {
    static final String BESIDE = '''
        class buffer { ww_mutex lock; long sum }
        %s(buffers)
        DEFINE_WW_CLASS(others)
        DEFINE_MUTEX(m)
        buffer a
        buffer b
        static buffer make(ww_class c) {
            buffer x = kzalloc(buffer, GFP_KERNEL)
            ww_mutex_init(x.lock, c)
            return x
        }
        /* Takes two in the given order, as the documentation of ww_mutex does. */
        static void both(buffer first, buffer second) {
            ww_acquire_ctx ctx
            ww_acquire_init(ctx, buffers)
            buffer one = first
            buffer two = second
            int ret = ww_mutex_lock(one.lock, ctx)
            while (true) {
                if (ret == 0) ret = ww_mutex_lock(two.lock, ctx)
                if (ret != -EDEADLK) break
                pr_info('refused\\n')
                ww_mutex_unlock(one.lock)
                buffer refused = two
                two = one
                one = refused
                ww_mutex_lock_slow(one.lock, ctx)
                ret = 0
            }
            ww_acquire_done(ctx)
            one.sum++
            two.sum++
            ww_mutex_unlock(two.lock)
            ww_mutex_unlock(one.lock)
            ww_acquire_fini(ctx)
        }
        static int older(Object data) {
            ww_acquire_ctx ctx
            ww_acquire_init(ctx, buffers)
            ww_mutex_lock(a.lock, ctx)
            msleep(3)
            if (ww_mutex_lock(b.lock, ctx) == 0) pr_info('older has both\\n')
            ww_mutex_unlock(b.lock)
            ww_mutex_unlock(a.lock)
            ww_acquire_fini(ctx)
            return 0
        }
        static int younger(Object data) {
            ww_acquire_ctx ctx
            ww_acquire_init(ctx, buffers)
            ww_mutex_lock(b.lock, ctx)
            msleep(1)
            if (ww_mutex_lock(a.lock, ctx) == -EDEADLK) {
                pr_info('younger gives way\\n')
                ww_mutex_unlock(b.lock)
                ww_mutex_lock_slow(a.lock, ctx)
                ww_mutex_lock(b.lock, ctx)
            }
            pr_info('younger has both\\n')
            ww_mutex_unlock(b.lock)
            ww_mutex_unlock(a.lock)
            ww_acquire_fini(ctx)
            return 0
        }
        static int forward(Object data) { for (int i = 0; i < 10; i++) { both(a, b); cond_resched() }; return 0 }
        static int backward(Object data) { for (int i = 0; i < 10; i++) { both(b, a); cond_resched() }; return 0 }'''

    void begin(String body, String define = 'DEFINE_WW_CLASS') {
        load("MODULE_LICENSE('GPL')\n${String.format(BESIDE.stripIndent(), define)}\nstatic int start() {\na = make(buffers)\nb = make(buffers)\n$body\nreturn 0\n}\n" +
                "static long sum() { return a.sum * 1000 + b.sum }\nmodule_init(start)\n")
    }

    def "#mistake is reported as #expected"() {
        when:
        begin(body)

        then:
        rules() == expected

        where:
        mistake                                 | body                                                                                                  || expected
        'taking two without a context'          | 'ww_mutex_lock(a.lock, null); ww_mutex_lock(b.lock, null); ww_mutex_unlock(b.lock); ww_mutex_unlock(a.lock)' || ['recursive-lock']
        'taking more when done'                 | 'ww_acquire_ctx c; ww_acquire_init(c, buffers); ww_acquire_done(c); ww_mutex_lock(a.lock, c); ww_mutex_unlock(a.lock); ww_acquire_fini(c)' || ['ww-mutex-misuse']
        'being done twice'                      | 'ww_acquire_ctx c; ww_acquire_init(c, buffers); ww_acquire_done(c); ww_acquire_done(c); ww_acquire_fini(c)' || ['ww-mutex-misuse']
        'ending with a lock held'               | 'ww_acquire_ctx c; ww_acquire_init(c, buffers); ww_mutex_lock(a.lock, c); ww_acquire_fini(c); ww_mutex_unlock(a.lock)' || ['ww-mutex-misuse']
        'a context of another class'            | 'ww_acquire_ctx c; ww_acquire_init(c, others); ww_mutex_lock(a.lock, c); ww_mutex_unlock(a.lock); ww_acquire_fini(c)' || ['ww-mutex-misuse']
        'the slow way first'                    | 'ww_acquire_ctx c; ww_acquire_init(c, buffers); ww_mutex_lock_slow(a.lock, c); ww_mutex_unlock(a.lock); ww_acquire_fini(c)' || ['ww-mutex-misuse']
        'two contexts of one class'             | 'ww_acquire_ctx c; ww_acquire_ctx d; ww_acquire_init(c, buffers); ww_acquire_init(d, buffers); ww_acquire_fini(d); ww_acquire_fini(c)' || ['recursive-lock']
        'not ending the context'                | 'ww_acquire_ctx c; ww_acquire_init(c, buffers)'                                                        || ['lock-held-at-return']
        'giving back what is not held'          | 'ww_mutex_unlock(a.lock)'                                                                             || ['unlock-not-held']
        'a lock that was not initialised'       | 'buffer x = kzalloc(buffer, GFP_KERNEL); ww_mutex_lock(x.lock, null); ww_mutex_unlock(x.lock)'         || ['lock-not-initialised']
        'an order with another mutex both ways' | 'ww_mutex_lock(a.lock, null); mutex_lock(m); mutex_unlock(m); ww_mutex_unlock(a.lock); mutex_lock(m); ww_mutex_lock(b.lock, null); ww_mutex_unlock(b.lock); mutex_unlock(m)' || ['lock-order-cycle']
    }

    def "correct use earns nothing: #body"() {
        when:
        begin(body)

        then:
        rules() == []

        where:
        body << [
                'both(a, b); both(b, a)',
                'ww_mutex_lock(a.lock, null); ww_mutex_unlock(a.lock)',
                'ww_acquire_ctx c; ww_acquire_init(c, buffers); ww_mutex_lock(a.lock, c); if (ww_mutex_lock(a.lock, c) != -EALREADY) pr_err("no"); ww_mutex_unlock(a.lock); ww_acquire_fini(c)',
                'ww_acquire_ctx c; ww_acquire_init(c, buffers); if (ww_mutex_trylock(a.lock, c)) { if (ww_mutex_is_locked(a.lock)) ww_mutex_unlock(a.lock) }; ww_acquire_fini(c)',
                'if (ww_mutex_trylock(a.lock, null)) ww_mutex_unlock(a.lock)',
                'ww_acquire_ctx c; ww_acquire_init(c, buffers); if (ww_mutex_lock_interruptible(a.lock, c) == 0) ww_mutex_unlock(a.lock); ww_acquire_fini(c); ww_mutex_destroy(a.lock)',
        ]
    }

    def "of two that would wait for each other, the younger gives way, with #define"() {
        when:
        begin('''task_struct one = kthread_run(older, null, 'older')
                 msleep(1)
                 task_struct two = kthread_run(younger, null, 'younger')''', define)

        then:
        rules() == []
        dmesg().findAll { it =~ /^(older|younger)/ } == ['younger gives way', 'older has both', 'younger has both']

        where:
        define << ['DEFINE_WW_CLASS', 'DEFINE_WD_CLASS']
    }

    private List<?> runWith(long seed, String define) {
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites).strategy(new RandomStrategy(seed)).boot()
        begin('''task_struct one = kthread_run(forward, null, 'forward')
                 task_struct two = kthread_run(backward, null, 'backward')''', define)
        [call('sum'), rules(), dmesg().count('refused')]
    }

    def "tasks that take two in opposite orders get on in every schedule, with #define"() {
        when:
        def ends = (1..60).collect { runWith(it, define) }

        then:
        ends.findAll { it.take(2) != [20020L, []] } == []
        ends.count { it[2] > 0 } > 20

        where:
        define << ['DEFINE_WW_CLASS', 'DEFINE_WD_CLASS']
    }
}
