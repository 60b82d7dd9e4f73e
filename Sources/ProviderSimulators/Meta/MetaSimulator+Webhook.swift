package import DeskCore

/// Telling the webhook.
extension MetaSimulator {
    /// Runs until `finish()` or cancellation: waits for what is due, posts it, repeats what wasn't taken.
    package nonisolated func deliver() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.waitForAlarms() }
            group.addTask { await self.postDispatches() }
        }
    }

    private nonisolated func waitForAlarms() async {
        await withDiscardingTaskGroup { group in
            for await instant in alarms {
                group.addTask { await self.wait(until: instant) }
            }
            group.cancelAll()
        }
    }

    private nonisolated func wait(until instant: Instant) async {
        do {
            while case let pause = await instant - now, pause > .zero { try await Task.sleep(for: pause) }
            await dispatchDue()
        } catch {
            return
        }
    }

    private nonisolated func postDispatches() async {
        await withTaskGroup(of: Void.self) { group in
            var underway = 0
            for await dispatch in dispatches {
                if Task.isCancelled { break }
                if await underway >= behaviour().webhookConcurrency {
                    await group.next()
                    underway -= 1
                }
                group.addTask { await self.post(dispatch) }
                underway += 1
            }
            group.cancelAll()
        }
    }

    /// Hands what is due to the poster, spoilt as the faults will have it.
    func dispatchDue() {
        let moment = now
        for delivery in queue.takeDue(at: moment, maximumBatch: world.behaviour.maximumBatch, account: world.account) {
            let fault = delivery.attempts == 0 ? world.takeWebhookFault(contactID: delivery.contactID) : nil
            let reorders = world.pendingFaults.filter { $0.effect == .webhookReorder }.count
            for dispatch in queue.dispatches(of: delivery, fault: fault, pendingReorders: reorders, at: moment) {
                dispatching.yield(dispatch)
            }
            if case .webhookDelay(let delay) = fault { alarming.yield(moment + delay) }
        }
    }

    private func post(_ dispatch: WebhookDispatch) async {
        let url = world.webhook.current
        let started = now
        let outcome = await outcome(of: dispatch, url: url)
        note(
            WebhookAttempt(
                delivery: dispatch.delivery, attempt: dispatch.attempt, at: started, url: url, outcome: outcome, fault: dispatch.fault,
                body: dispatch.body))
        let isOver = outcome.isAccepted || url == nil
        if let due = queue.settle(dispatch, isAccepted: isOver, retryBase: world.behaviour.retryBase, at: now) {
            alarming.yield(due)
        }
    }

    private func outcome(of dispatch: WebhookDispatch, url: String?) async -> WebhookOutcome {
        guard let url else { return .failed("There is no webhook.") }
        switch dispatch.manner {
        case .lost: return .failed("Lost on the way, as asked.")
        case .forged:
            return await post(dispatch.body, to: url, signature: WebhookSignature.header(for: dispatch.body, secret: Secret("forged")))
        case .ordinary, .duplicate:
            return await post(
                dispatch.body, to: url, signature: WebhookSignature.header(for: dispatch.body, secret: world.account.appSecret))
        }
    }

    private func post(_ body: [UInt8], to url: String, signature: String?) async -> WebhookOutcome {
        var headers = [("Content-Type", "application/json"), ("User-Agent", "facebookexternalua"), ("X-Contesta-Simulator", "meta")]
        if let signature { headers.append(("X-Hub-Signature-256", signature)) }
        let call = WebhookCall(method: .post, url: url, headers: headers, body: body, timeout: world.behaviour.webhookTimeout)
        return await caller.perform(call)
    }

    /// Posts those bytes once, whatever they are.
    /// - Parameter signature: nil for the right one; empty for none.
    package func postRaw(_ body: [UInt8], signature: String? = nil) async -> WebhookOutcome {
        guard let url = world.webhook.current else { return .failed("There is no webhook.") }
        let header = signature ?? WebhookSignature.header(for: body, secret: world.account.appSecret)
        return await post(body, to: url, signature: header.isEmpty ? nil : header)
    }

    /// Performs the verification handshake; if it passes, notices go to `url` from now on.
    /// - Parameter verifyToken: nil for the account's.
    package func connectWebhook(
        _ url: String, verifyToken: Secret? = nil, at level: MetaWorld.AddressLevel = .application
    ) async -> WebhookOutcome {
        let challenge = world.identifiers.challenge()
        let call = WebhookHandshake.call(
            url: url, verifyToken: verifyToken ?? world.account.verifyToken, challenge: challenge, timeout: world.behaviour.webhookTimeout)
        guard let call else { return .failed("This is no address: \(url)") }
        let outcome = await caller.perform(call)
        guard WebhookHandshake.isPassed(outcome, challenge: challenge) else {
            guard case .answered(200, let answer) = outcome else { return outcome }
            return .failed("The webhook answered with something else than the challenge: \(answer.prefix(100))")
        }
        world.setWebhook(url, at: level)
        webhookIsConnected()
        return outcome
    }
}
