/*
 * teller_no_wakeup - a kthread that tells how often a push button was pressed.
 *
 * Wrong: the handler changes what the thread waits for and does not wake it.
 * Right: teller.groovy
 * Run:   tophalf run samples/drivers/teller/teller_no_wakeup.groovy
 */
MODULE_LICENSE('GPL')
MODULE_DESCRIPTION('A kthread that waits for presses')

class teller {
    __iomem regs                    // 0x04 STATUS, write 1 to clear; 0x08 ENABLE
    int irq
    spinlock_t lock                 // protects presses
    int presses                     // not told yet
    wait_queue_head_t pressed
    task_struct thread
}

static irqreturn_t teller_irq(int irq, Object dev_id) {
    teller t = dev_id
    if (!(readl(t.regs + 0x04) & 1)) return IRQ_NONE
    writel(1, t.regs + 0x04)        // acknowledge
    spin_lock(t.lock)
    t.presses++
    spin_unlock(t.lock)
    return IRQ_HANDLED
}

static int take(teller t) {
    spin_lock_irq(t.lock)
    int n = t.presses
    t.presses = 0
    spin_unlock_irq(t.lock)
    return n
}

static int teller_thread(Object data) {
    teller t = data
    int told = 0
    while (!kthread_should_stop()) {
        int n = 0
        if (wait_event_interruptible(t.pressed, (n = take(t)) > 0)) continue    // expect: wait-without-wakeup
        told += n
        pr_info('pressed %d times by now\n', told)
    }
    return told
}

static int teller_probe(platform_device pdev) {
    teller t = devm_kzalloc(pdev.dev, teller, GFP_KERNEL)
    if (!t) return -ENOMEM
    spin_lock_init(t.lock)
    init_waitqueue_head(t.pressed)
    t.regs = devm_platform_ioremap_resource(pdev, 0)
    if (IS_ERR(t.regs)) return PTR_ERR(t.regs)
    t.irq = platform_get_irq(pdev, 0)
    if (t.irq < 0) return t.irq
    platform_set_drvdata(pdev, t)
    t.thread = kthread_run(teller_thread, t, 'teller')
    if (IS_ERR(t.thread)) return PTR_ERR(t.thread)
    int ret = devm_request_irq(pdev.dev, t.irq, teller_irq, 0, dev_name(pdev.dev), t)
    if (ret) {
        kthread_stop(t.thread)
        return ret
    }
    writel(1, t.regs + 0x08)        // from now on it interrupts
    return 0
}

static void teller_remove(platform_device pdev) {
    teller t = platform_get_drvdata(pdev)
    writel(0, t.regs + 0x08)
    pr_info('told of %d presses\n', kthread_stop(t.thread))
}

platform_driver teller_driver = [
    probe : teller_probe,
    remove: teller_remove,
    driver: [name: 'acme-teller', of_match_table: ['acme,button']],
]
module_platform_driver(teller_driver)
