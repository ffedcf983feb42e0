package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.sched.Preemption
import dev.tophalf.runtime.sched.RandomStrategy
import dev.tophalf.runtime.script.ScriptRejectedException

class PercpuSpec extends DriverSpecification {
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class stats { long count; u8 small; u32 word; spinlock_t lock; timer_list timer }
        class thing { stats[] s; int[] n }
        DEFINE_PER_CPU(int, hits)
        DEFINE_PER_CPU(u8, small)
        DEFINE_PER_CPU(u64, big)
        DEFINE_PER_CPU(stats, counts)
        DEFINE_MUTEX(m)
        static void tick(timer_list t) { }
        %2$s
        static int start() {
            %1$s
            return 0
        }
        static void stop() { }
        module_init(start)
        module_exit(stop)'''

    private Integer driver(String start, String beside = '') {
        load String.format(DRIVER, start, beside)
    }

    private List<String> said() {
        dmesg().findAll { it =~ /^n / }*.substring(2)
    }

    private void explore(int seed) {
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites).preemption(Preemption.FULL)
                .strategy(new RandomStrategy(seed)).boot()
    }

    def "#code makes #place #value"() {
        when:
        driver("set_cpus_allowed_ptr(current, cpumask_of(1)); $code; pr_info('n %lld\\n', (s64) $place); pr_info('n %d\\n', per_cpu(hits, 0))")

        then:
        said() == ["$value" as String, '0']
        rules() == []

        where:
        code                                                   | place                        || value
        'this_cpu_inc(hits)'                                   | 'this_cpu_read(hits)'        || 1
        'this_cpu_dec(hits)'                                   | 'per_cpu(hits, 1)'           || -1
        'this_cpu_add(hits, 5); this_cpu_sub(hits, 7)'         | 'this_cpu_read(hits)'        || -2
        'this_cpu_write(hits, 9)'                              | 'per_cpu(hits, 1)'           || 9
        'this_cpu_write(small, 255); this_cpu_inc(small)'      | 'this_cpu_read(small)'       || 0
        'this_cpu_sub(small, 1)'                               | 'per_cpu(small, 1)'          || 255
        'this_cpu_add(big, 1L << 40)'                          | 'this_cpu_read(big)'         || (1L << 40)
        'this_cpu_inc(counts.count)'                           | 'per_cpu_ptr(counts, 1).count' || 1
        'this_cpu_dec(counts.word)'                            | 'this_cpu_read(counts.word)' || 4294967295L
        'int n = this_cpu_inc_return(hits) * 10'               | 'n + this_cpu_read(hits)'    || 11
        'int n = this_cpu_add_return(hits, 4) * 10'            | 'n + this_cpu_read(hits)'    || 44
        'this_cpu_write(hits, 3); int n = this_cpu_xchg(hits, 4) * 10' | 'n + this_cpu_read(hits)' || 34
        'this_cpu_write(hits, 3); int n = this_cpu_cmpxchg(hits, 3, 4) * 10' | 'n + this_cpu_read(hits)' || 34
        'this_cpu_write(hits, 3); int n = this_cpu_cmpxchg(hits, 2, 4) * 10' | 'n + this_cpu_read(hits)' || 33
        'per_cpu(hits, 1)++; ++per_cpu(hits, 1)'               | 'this_cpu_read(hits)'        || 2
        'WRITE_ONCE(per_cpu(hits, 1), 6)'                      | 'this_cpu_read(hits)'        || 6
        'per_cpu(counts, 1).count += 3'                        | 'this_cpu_read(counts.count)' || 3
        'get_cpu_var(hits)++; put_cpu_var(hits)'               | 'this_cpu_read(hits)'        || 1
        'get_cpu_var(counts).count++; put_cpu_var(counts)'     | 'this_cpu_read(counts.count)' || 1
        'get_cpu_ptr(counts).count += 2; put_cpu_ptr(counts)'  | 'this_cpu_read(counts.count)' || 2
        'raw_cpu_ptr(counts).count = 4'                        | 'this_cpu_read(counts.count)' || 4
        'preempt_disable(); __this_cpu_inc(hits); this_cpu_ptr(counts).count = 2; __this_cpu_add(counts.count, 3); preempt_enable()' | 'this_cpu_read(hits) * 10 + this_cpu_read(counts.count)' || 15
        'this_cpu_add(hits, this_cpu_inc_return(hits))'        | 'this_cpu_read(hits)'        || 2
    }

    def "each CPU has its own copy, and a loop sums them up"() {
        when:
        driver('''
            on_each_cpu(bump, null, 1)
            on_each_cpu(bump, null, 1)
            int sum = 0
            for (int cpu : for_each_possible_cpu()) sum += per_cpu(hits, cpu) + per_cpu_ptr(counts, cpu).count
            pr_info('n %d %d %d\\n', sum, per_cpu(hits, 0), per_cpu(hits, 1))''',
                'static void bump(Object info) { this_cpu_inc(hits); this_cpu_ptr(counts).count += 10 }')

        then:
        said() == ['44 2 2']
        rules() == []
    }

    def "per-CPU memory is allocated for integers and structs, as a variable or in a struct"() {
        when:
        driver('''
            thing t = kzalloc(thing, GFP_KERNEL)
            t.s = alloc_percpu(stats)
            t.n = alloc_percpu(int)
            long[] local = alloc_percpu(long)
            for (int cpu : for_each_possible_cpu()) spin_lock_init(per_cpu_ptr(t.s, cpu).lock)
            stats mine = get_cpu_ptr(t.s)
            spin_lock(mine.lock)
            mine.count++
            spin_unlock(mine.lock)
            put_cpu_ptr(t.s)
            this_cpu_inc(t.s.count)
            this_cpu_inc(t.n)
            this_cpu_add(local, 5)
            int sum = 0
            for (int cpu : for_each_possible_cpu()) sum += per_cpu_ptr(t.s, cpu).count + per_cpu(t.n, cpu) * 10 + per_cpu(local, cpu) * 100
            pr_info('n %d\\n', sum)
            free_percpu(local)
            free_percpu(t.n)
            free_percpu(t.s)
            free_percpu(null)
            kfree(t)''')
        unload()

        then:
        said() == ['512']
        rules() == []
    }

    def "#code is reported as #expected"() {
        when:
        driver(code)
        unload()

        then:
        rules() == expected

        where:
        code                                                                || expected
        '__this_cpu_inc(hits)'                                              || ['cpu-not-stable']
        '__this_cpu_write(counts.count, 1)'                                 || ['cpu-not-stable']
        'this_cpu_ptr(counts).count++'                                      || ['cpu-not-stable']
        'local_irq_disable(); __this_cpu_inc(hits); local_irq_enable()'     || []
        'free_percpu(alloc_percpu(spinlock_t))'                             || []
        'get_cpu_var(hits)++'                                               || ['lock-held-at-return']
        'put_cpu_var(hits)'                                                 || ['preempt-enable-unbalanced']
        'put_cpu_ptr(counts)'                                               || ['preempt-enable-unbalanced']
        'get_cpu_ptr(counts).count++; mutex_lock(m); mutex_unlock(m); put_cpu_ptr(counts)' || ['sleep-in-atomic']
        'preempt_disable(); free_percpu(alloc_percpu(int)); preempt_enable()' || ['sleep-in-atomic']
        'per_cpu(hits, 2)++'                                                || ['oops']
        'per_cpu_ptr(counts, -1).count++'                                   || ['oops']
        'stats[] s = null; get_cpu_ptr(s).count++'                          || ['oops']
        'alloc_percpu(int)'                                                 || ['leak-at-unload']
        'stats[] s = alloc_percpu(stats); free_percpu(s); free_percpu(s)'   || ['bad-free']
        'free_percpu(counts)'                                               || ['bad-free']
        'kfree(per_cpu_ptr(counts, 0))'                                     || ['bad-free']
        'stats[] s = alloc_percpu(stats); timer_setup(per_cpu_ptr(s, 0).timer, tick, 0); mod_timer(per_cpu_ptr(s, 0).timer, jiffies + 99); free_percpu(s)' || ['missing-cancel']
    }

    def "the report of __this_cpu_add() in preemptible code is Linux's"() {
        when:
        driver('__this_cpu_add(hits, 1)')

        then:
        findings[0].linux() ==~ /BUG: using __this_cpu_add\(\) in preemptible \[00000000\] code: insmod\/\d+/
        findings[0].message() == '__this_cpu_add() where the task can move to another CPU'
    }

    def "#code does not compile: #message"() {
        when:
        driver(code, beside)

        then:
        def refused = thrown(ScriptRejectedException)
        refused.message.contains(message)

        where:
        code                        | beside                              || message
        'int n = this_cpu_inc(hits)' | ''                                 || "this returns nothing where 'int' is expected"
        'this_cpu_inc(plain)'       | 'int plain = 1'                     || 'this is no per-CPU variable'
        'this_cpu_inc(counts)'      | ''                                  || "an integer is wanted here, not a 'stats'"
        'this_cpu_inc(counts.lock)' | ''                                  || "'lock' is storage for a spinlock_t"
        'this_cpu_inc(counts.none)' | ''                                  || "struct stats has no member 'none'"
        'this_cpu_add(hits)'        | ''                                  || "too few arguments to macro 'this_cpu_add': it takes a place and 1 more"
        'per_cpu(hits)++'           | ''                                  || "too few arguments to macro 'per_cpu': it takes a place and 1 more"
        'this_cpu_read(hits)++'     | ''                                  || 'nothing can be assigned to this'
        'this_cpu_ptr(hits)'        | ''                                  || 'int'
        'hits = null'               | ''                                  || "'hits' is read-only"
        ''                          | 'DEFINE_PER_CPU(nothing, x)'        || 'the name of a struct or of an integer type is wanted here'
        ''                          | 'DEFINE_PER_CPU(ptr, x)'            || 'the name of a struct or of an integer type is wanted here'
        'alloc_percpu(task_struct)' | ''                                  || 'the name of a struct or of an integer type is wanted here'
        'alloc_percpu(hits)'        | ''                                  || 'the name of a struct or of an integer type is wanted here'
        'DEFINE_PER_CPU(int, x)'    | ''                                  || 'it stands at the top level of the file'
    }

    /** Two threads, which may be on the same CPU, count by %s; so do the CPUs when they are called, by an interrupt. */
    static final String COUNTER = '''
        MODULE_LICENSE('GPL')
        DEFINE_PER_CPU(int, hits)
        DECLARE_COMPLETION(done)
        DECLARE_COMPLETION(both)
        static void count() { %s }
        static void called(Object info) { count() }
        static int first(Object data) { for (int i = 0; i < 10; i++) count(); complete(done); return 0 }
        static int second(Object data) { for (int i = 0; i < 10; i++) count(); complete(both); return 0 }
        static int start() {
            kthread_run(first, null, 'first')
            kthread_run(second, null, 'second')
            for (int i = 0; i < 5; i++) on_each_cpu(called, null, 1)
            wait_for_completion(done)
            wait_for_completion(both)
            int all = 0
            for (int cpu : for_each_possible_cpu()) all += per_cpu(hits, cpu)
            pr_info('n %%d\\n', all)
            return 0
        }
        static void stop() { }
        module_init(start)
        module_exit(stop)'''

    /** How much was counted, of 30, and the findings, under a random schedule. */
    private List counted(String how, int seed) {
        explore(seed)
        load String.format(COUNTER, how)
        [said(), rules()]
    }

    def "nothing is lost by #how from two threads and interrupts, under random schedules"() {
        expect:
        (1..40).collect { counted(how, it) } as Set == [[['30'], []]] as Set

        where:
        how << ['this_cpu_inc(hits)', 'this_cpu_add(hits, 1)', 'this_cpu_inc_return(hits)', 'this_cpu_sub(hits, -1)',
                'long f = local_irq_save(); __this_cpu_write(hits, __this_cpu_read(hits) + 1); local_irq_restore(f)']
    }

    def "counts are lost by #how under some random schedule"() {
        when:
        def runs = (1..40).collect { counted(how, it) }

        then:
        runs.any { said, rules -> (said[0] as int) < 30 }
        runs.every { said, rules -> rules == [] }

        where:
        how << ['this_cpu_write(hits, this_cpu_read(hits) + 1)',
                'preempt_disable(); __this_cpu_write(hits, __this_cpu_read(hits) + 1); preempt_enable()']
    }
}
