package dev.tophalf.linux

class AtomicSpec extends DriverSpecification {
    static final int MIN = Integer.MIN_VALUE, MAX = Integer.MAX_VALUE

    /** What an operation on a number returns, and the number after it; null for what returns nothing. */
    static final List<List<?>> OPERATIONS = [
            // operation             before  returns after
            ['read(v)',              5,      5,      5],
            ['read_acquire(v)',      -5,     -5,     -5],
            ['set(v, 7)',            5,      null,   7],
            ['set_release(v, -7)',   5,      null,   -7],
            ['add(3, v)',            5,      null,   8],
            ['sub(3, v)',            5,      null,   2],
            ['inc(v)',               5,      null,   6],
            ['dec(v)',               5,      null,   4],
            ['and(6, v)',            5,      null,   4],
            ['andnot(6, v)',         5,      null,   1],
            ['or(6, v)',             5,      null,   7],
            ['xor(6, v)',            5,      null,   3],
            ['sub_and_test(5, v)',   5,      true,   0],
            ['sub_and_test(4, v)',   5,      false,  1],
            ['dec_and_test(v)',      1,      true,   0],
            ['dec_and_test(v)',      0,      false,  -1],
            ['inc_and_test(v)',      -1,     true,   0],
            ['inc_and_test(v)',      0,      false,  1],
            ['add_unless(v, 2, 7)',  5,      true,   7],
            ['add_unless(v, 2, 5)',  5,      false,  5],
            ['fetch_add_unless(v, 2, 7)', 5, 5,      7],
            ['fetch_add_unless(v, 2, 5)', 5, 5,      5],
            ['inc_not_zero(v)',      5,      true,   6],
            ['inc_not_zero(v)',      0,      false,  0],
            ['inc_unless_negative(v)', 0,    true,   1],
            ['inc_unless_negative(v)', -1,   false,  -1],
            ['dec_unless_positive(v)', 0,    true,   -1],
            ['dec_unless_positive(v)', 1,    false,  1],
            ['dec_if_positive(v)',   3,      2,      2],
            ['dec_if_positive(v)',   1,      0,      0],
            ['dec_if_positive(v)',   0,      -1,     0],
    ]

    /** The same, of what exists in four orders: fully ordered, relaxed, acquire and release. */
    static final List<List<?>> ORDERED = [
            ['add_return#(3, v)',    5,      8,      8],
            ['sub_return#(3, v)',    5,      2,      2],
            ['inc_return#(v)',       5,      6,      6],
            ['dec_return#(v)',       5,      4,      4],
            ['fetch_add#(3, v)',     5,      5,      8],
            ['fetch_sub#(3, v)',     5,      5,      2],
            ['fetch_inc#(v)',        5,      5,      6],
            ['fetch_dec#(v)',        5,      5,      4],
            ['fetch_and#(6, v)',     5,      5,      4],
            ['fetch_andnot#(6, v)',  5,      5,      1],
            ['fetch_or#(6, v)',      5,      5,      7],
            ['fetch_xor#(6, v)',     5,      5,      3],
            ['add_negative#(-6, v)', 5,      true,   -1],
            ['add_negative#(-5, v)', 5,      false,  0],
            ['xchg#(v, 9)',          5,      5,      9],
            ['cmpxchg#(v, 5, 9)',    5,      5,      9],
            ['cmpxchg#(v, 4, 9)',    5,      5,      5],
            ['try_cmpxchg#(v, held(5), 9)', 5, true, 9],
            ['try_cmpxchg#(v, held(4), 9)', 5, false, 5],
    ]

    static List<List<?>> operations() {
        OPERATIONS + ORDERED.collectMany { row ->
            ['', '_relaxed', '_acquire', '_release'].collect { order -> [row[0].replace('#', order)] + row.drop(1) }
        }
    }

    /** The functions of a driver that do each operation on a number of its own, and print what became of it. */
    private String driver(String prefix, String type, List<List<?>> operations) {
        def box = prefix == 'atomic' ? 'int_box' : 'long_box'
        def body = operations.collect { row ->
            def call = "${prefix}_${row[0]}"
            "${prefix}_set(v, ${row[1]}); " + (row[2] == null ? "$call; pr_info('null %d\\n', ${prefix}_read(v))"
                    : row[2] instanceof Boolean ? "pr_info('%s %d\\n', $call ? 'true' : 'false', ${prefix}_read(v))"
                    : "pr_info('%d %d\\n', $call, ${prefix}_read(v))")
        }
        """
            MODULE_LICENSE('GPL')
            $type v
            static $box held(${prefix == 'atomic' ? 'int' : 'long'} n) { $box b = [value: n]; return b }
            static int start() {
                ${body.join('\n                ').replaceAll('%d', prefix == 'atomic' ? '%d' : '%lld')}
                return 0
            }
            module_init(start)"""
    }

    def "every operation of #type does what Linux's does"() {
        given:
        def operations = operations()

        when:
        load(driver(prefix, type, operations))

        then:
        def printed = dmesg().takeRight(operations.size())
        [operations, printed].transpose().collect { it[0].take(2) + [it[1]] } ==
                operations.collect { it.take(2) + ["${it[2]} ${it[3]}".toString()] }
        rules() == []

        where:
        prefix        | type
        'atomic'      | 'atomic_t'
        'atomic64'    | 'atomic64_t'
        'atomic_long' | 'atomic_long_t'
    }

    def "#prefix wraps around where its bits end"() {
        when:
        load("""
            MODULE_LICENSE('GPL')
            ${prefix}_t v
            static int start() {
                ${prefix}_set(v, $max)
                pr_info('%lld', ${prefix}_inc_return(v))
                pr_info('%lld', ${prefix}_fetch_sub(1, v))
                pr_info('%lld', ${prefix}_sub_return($min, v))
                return 0
            }
            module_init(start)""")

        then:
        dmesg().takeRight(3) == [min, min, -1].collect { "$it".toString() }

        where:
        prefix     | min            | max
        'atomic'   | MIN            | MAX
        'atomic64' | Long.MIN_VALUE + 1 - 1 | Long.MAX_VALUE
    }

    def "try_cmpxchg() tells what it found, so that a loop has an end"() {
        when:
        run('''atomic_t v = ATOMIC_INIT(3)
               int_box old = [value: 8]
               bool first = atomic_try_cmpxchg(v, old, old.value * 2)
               pr_info('%d %d\\n', first, old.value)
               do { } while (!atomic_try_cmpxchg(v, old, old.value * 2))
               pr_info('%d\\n', atomic_read(v))''')

        then:
        dmesg().takeRight(2) == ['0 3', '6']
        rules() == []
    }

    def "a number has its first value from #declaration"() {
        when:
        load("""
            MODULE_LICENSE('GPL')
            class stats { int n; atomic_t hits; atomic64_t bytes; atomic_long_t calls; refcount_t users }
            $declaration
            static int start() {
                pr_info('%d', $read)
                return 0
            }
            module_init(start)""")

        then:
        dmesg().last() == value
        findings.empty

        where:
        declaration                                        | read                            || value
        'atomic_t v = ATOMIC_INIT(-3)'                     | 'atomic_read(v)'                || '-3'
        'atomic_t v'                                       | 'atomic_read(v)'                || '0'
        'atomic64_t v = ATOMIC64_INIT(4)'                  | '(int) atomic64_read(v)'        || '4'
        'atomic_long_t v = ATOMIC_LONG_INIT(5)'            | '(int) atomic_long_read(v)'     || '5'
        'refcount_t r = REFCOUNT_INIT(2)'                  | '(int) refcount_read(r)'        || '2'
        'stats s = [hits: ATOMIC_INIT(6), n: 1]'           | 'atomic_read(s.hits) * 10 + s.n' || '61'
        'stats s = [users: REFCOUNT_INIT(1)]'              | '(int) refcount_read(s.users)'  || '1'
    }

    def "a number that #mistake ends the driver, not the kernel"() {
        when:
        def result = run(body)

        then:
        result == null
        findings*.rule() == ['oops']

        where:
        mistake        | body
        'is NULL'      | 'atomic_t v = null; atomic_inc(v)'
        'is compared with nothing' | 'atomic_t v; atomic_try_cmpxchg(v, null, 1)'
    }

    def "tasks that count together count right"() {
        when:
        load('''
            MODULE_LICENSE('GPL')
            atomic_t sum
            static int count(Object data) {
                for (int i = 0; i < 50; i++) {
                    atomic_inc(sum)
                    if (i % 7 == 0) schedule()
                }
                return 0
            }
            static int start() {
                for (int i = 0; i < 4; i++) {
                    task_struct t = kthread_run(count, null, 'counter')
                }
                return 0
            }
            static int total() { return atomic_read(sum) }
            module_init(start)''')

        then:
        call('total') == 200
    }
}
