package dev.tophalf.linux

/** Time in nanoseconds: the arithmetic of ktime_t, and the clocks. */
class KtimeSpec extends DriverSpecification {
    private String shown(String expression) {
        load("MODULE_LICENSE('GPL')\npr_info('%lld\\n', (s64) ($expression))")
        dmesg().last()
    }

    def "#expression is #value"() {
        expect:
        shown(expression) == value as String
        rules() == []

        where:
        expression                                          || value
        'ktime_set(2, 5)'                                   || 2_000_000_005
        'ktime_set(KTIME_SEC_MAX, 5)'                       || Long.MAX_VALUE
        'ktime_add(2, 3)'                                   || 5
        'ktime_sub(2, 3)'                                   || -1
        'ktime_add_safe(2, 3)'                              || 5
        'ktime_add_safe(KTIME_MAX, 1)'                      || Long.MAX_VALUE
        'ktime_add_ns(1, 5)'                                || 6
        'ktime_add_us(1, 5)'                                || 5_001
        'ktime_add_ms(1, 5)'                                || 5_000_001
        'ktime_sub_ns(1, 5)'                                || -4
        'ktime_sub_us(1, 5)'                                || -4_999
        'ktime_sub_ms(1, 5)'                                || -4_999_999
        'ktime_compare(1, 2)'                               || -1
        'ktime_compare(2, 2)'                               || 0
        'ktime_compare(KTIME_MAX, KTIME_MIN)'               || 1
        'ktime_before(1, 2) && !ktime_before(2, 2)'         || 1
        'ktime_after(2, 1) && !ktime_after(2, 2)'           || 1
        'ktime_to_ns(1234567)'                              || 1_234_567
        'ktime_to_us(1234567)'                              || 1_234
        'ktime_to_ms(-1234567)'                             || -1
        'ktime_us_delta(5000, 2000)'                        || 3
        'ktime_ms_delta(5 * NSEC_PER_MSEC, 0)'              || 5
        'ns_to_ktime(7)'                                    || 7
        'ms_to_ktime(7)'                                    || 7_000_000
        'ktime_divns(7 * NSEC_PER_SEC, NSEC_PER_USEC)'      || 7_000_000
        'MSEC_PER_SEC * USEC_PER_MSEC - USEC_PER_SEC'       || 0
    }

    def "#clock shows #value after 10.5 ms"() {
        when:
        load("""
            MODULE_LICENSE('GPL')
            static int start() {
                mdelay(10)
                udelay(500)
                pr_info('%lld\\n', (s64) $clock)
                return 0
            }
            module_init(start)""", 'clock.groovy')

        then:
        dmesg().last() == value as String
        rules() == []

        where:
        clock                         || value
        'ktime_get()'                 || 10_500_000
        'ktime_get_ns()'              || 10_500_000
        'ktime_get_boottime()'        || 10_500_000
        'ktime_get_boottime_ns()'     || 10_500_000
        'ktime_get_raw()'             || 10_500_000
        'ktime_get_raw_ns()'          || 10_500_000
        'sched_clock()'               || 10_500_000
        'local_clock()'               || 10_500_000
        'ktime_get_coarse()'          || 8_000_000
        'ktime_get_coarse_ns()'       || 8_000_000
        'ktime_get_seconds()'         || 0
        'ktime_get_real()'            || 1_731_801_600_010_500_000
        'ktime_get_real_ns()'         || 1_731_801_600_010_500_000
        'ktime_get_coarse_real()'     || 1_731_801_600_008_000_000
        'ktime_get_coarse_real_ns()'  || 1_731_801_600_008_000_000
        'ktime_get_real_seconds()'    || 1_731_801_600
    }

    def "real time begins on the day that Linux 6.12 came out"() {
        expect:
        java.time.Instant.ofEpochSecond(Timekeeping.BOOT_REAL_SECONDS).toString() == '2024-11-17T00:00:00Z'
    }

    def "dividing a time by nothing faults"() {
        when:
        load("MODULE_LICENSE('GPL')\nlong nothing = 0\npr_info('%lld\\n', ktime_divns(7, nothing))")

        then:
        rules() == ['oops']
    }
}
