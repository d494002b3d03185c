// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension RegionCodeDesk {
    /// Lets it ask the regions, show codes on a board and have sessions answered; regions that speak unasked tell it.
    func connect(to board: ScreenBoard, _ reception: PressReception, _ desks: [RegionDesk]) async {
        connect(
            Surroundings(
                desk: { uplink in desks.first { uplink == nil || $0.name == uplink } },
                show: { [weak board] code, session in await board?.show(code, of: session) },
                answered: { await reception.answeredElsewhere($0) }))
        for desk in desks {
            await desk.connect(rated: { [weak self] reference in
                await self?.told(rated: reference)
                await reception.withdrawInvitation(of: reference)
            })
        }
    }
}
