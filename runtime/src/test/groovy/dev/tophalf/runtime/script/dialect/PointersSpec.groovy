package dev.tophalf.runtime.script.dialect

import spock.lang.Specification

class PointersSpec extends Specification {

    def "#code is #value"() {
        expect:
        Scripts.eval("ptr p = kzalloc(8, GFP_KERNEL); ptr q; $code") == value

        where:
        code                                          || value
        'p[0]'                                        || 0
        'p[0] = 300; p[0]'                            || 44
        "p[0] = 'A'; p[0] += 1; p[0]"                 || 66
        'p[2]++; ++p[2]; p[2]'                        || 2
        'p[2]++'                                      || 0
        'q = p + 4; q - p'                            || 4L
        'q = p; q += 2; q -= 1; q - p'                || 1L
        'q = p; q++; q - p'                           || 1L
        'q = p + 1; q[0] = 7; p[1]'                   || 7
        'p[1] = p[2] = 9; p[1] + p[2]'                || 18
        'q == null'                                   || true
    }

    def "registers are pointed to and compared"() {
        expect:
        Scripts.eval('''
            __iomem r = devm_platform_ioremap_resource(null, 0)
            writel(0xffffffff, r + 4)
            u32 v = readl(r + 4) + 1
            "${v} ${r + 8 > r + 4} ${(r + 8) - r}"
        ''') == '0 true 8'
    }

    def "#code is refused: #message"() {
        expect:
        Scripts.errors("__user u; __iomem r; ptr p; device d; $code")*.replaceFirst(/^\S+ /, '') == [message]

        where:
        code             || message
        'u[0]'           || 'dereferencing a __user pointer; use copy_from_user()'
        'u[0] = 1'       || 'dereferencing a __user pointer; use copy_to_user()'
        'u[0] += 1'      || 'dereferencing a __user pointer; use copy_to_user()'
        'r[0]'           || 'dereferencing a __iomem pointer; use readl()'
        'r[0] = 1'       || 'dereferencing a __iomem pointer; use writel()'
        'd[0]'           || "'device' is no array"
        'p = u'          || "'__user' where 'ptr' is expected"
        'copy_from_user(u, u, 1)' || "'__user' where 'ptr' is expected"
        'readl(p)'       || "'ptr' where '__iomem' is expected"
        "p['x' + 1]"     || "'String' where 'long' is expected"
        'p?.foo'         || "'ptr' has no member 'foo'"
    }

    def "lists and maps: #code is #value"() {
        expect:
        Scripts.eval(code) == value

        where:
        code                                                              || value
        'List<Integer> l = [1, 2]; l << 3 << 4; l.add(5); l[0] + l.size()' || 6
        'List<Integer> l = [1]; l[0] += 4; l[0]++; l[0]'                  || 6
        'def l = []; l.add("x"); l.size()'                                || 1
        'List<u32> l = [-1]; l[0]'                                        || 4294967295L
        'def m = [a: 1]; m.b = 2; m["c"] = 3; m.a + m.b + m.c'            || 6
        'Map<String, Integer> m = [a: 1]; m.a += 5; m.a'                  || 6
        'int s = 0; for (x in [1, 2]) s += x; s'                          || 3
        '2 in [1, 2] && "a" in [a: 1] && !(3 in [1])'                     || true
        'String s = "ab"; s += 1; s + "c${s.length()}"'                   || 'ab1c3'
        '"ab" == "a" + "b"'                                               || true
    }
}
